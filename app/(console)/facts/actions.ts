"use server";

import { defineAction } from "#lib/action.ts";
import { correctFact, endFact, eraseFact, mergeNode } from "#lib/graph/edit/mutations.ts";
import { correctFactSchema, endFactSchema, eraseFactSchema, mergeSchema } from "#lib/graph/edit/schema.ts";
import { retryOf } from "#lib/ingestion/mutations.ts";
import { retrySchema } from "#lib/ingestion/schema.ts";

export const correctFactAction = defineAction(correctFactSchema, correctFact);
export const endFactAction = defineAction(endFactSchema, endFact);
export const eraseFactAction = defineAction(eraseFactSchema, eraseFact);
export const mergeNodeAction = defineAction(mergeSchema, mergeNode);
export const retryAction = defineAction(retrySchema, retryOf);
