"use server";

import { defineAction } from "#lib/action.ts";
import { correctFact, endFact, eraseFact, mergeNode } from "#lib/facts/mutations.ts";
import { correctFactSchema, endFactSchema, eraseFactSchema, mergeSchema, retrySchema } from "#lib/facts/schema.ts";
import { retryOf } from "#lib/ingestion/mutations.ts";

export const correctFactAction = defineAction(correctFactSchema, correctFact);
export const endFactAction = defineAction(endFactSchema, endFact);
export const eraseFactAction = defineAction(eraseFactSchema, eraseFact);
export const mergeNodeAction = defineAction(mergeSchema, mergeNode);
export const retryAction = defineAction(retrySchema, retryOf);
