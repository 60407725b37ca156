"use server";

import { defineAction } from "#lib/action.ts";
import { correctFact, endFact, eraseFact, mergeNodeByName } from "#lib/graph/edit/mutations.ts";
import { correctFactSchema, endFactSchema, eraseFactSchema, mergeNodeSchema } from "#lib/graph/edit/schema.ts";
import { retryFailedEpisodesOfUser } from "#lib/ingestion/mutations.ts";
import { retryFailedEpisodesSchema } from "#lib/ingestion/schema.ts";

export const correctFactAction = defineAction(correctFactSchema, correctFact);
export const endFactAction = defineAction(endFactSchema, endFact);
export const eraseFactAction = defineAction(eraseFactSchema, eraseFact);
export const mergeNodeAction = defineAction(mergeNodeSchema, mergeNodeByName);
export const retryFailedEpisodesAction = defineAction(retryFailedEpisodesSchema, retryFailedEpisodesOfUser);
