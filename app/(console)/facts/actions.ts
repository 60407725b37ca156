"use server";

import { defineAction } from "#lib/action.ts";
import { correctFact, endFact, mergeNodeByName, refuteFactByHand, undoEditByHand } from "#lib/graph/edit/mutations.ts";
import {
  correctFactSchema,
  endFactSchema,
  factSchema,
  mergeNodeSchema,
  undoEditSchema,
} from "#lib/graph/edit/schema.ts";
import { retryFailedEpisodesOfUser } from "#lib/ingestion/mutations.ts";
import { retryFailedEpisodesSchema } from "#lib/ingestion/schema.ts";
import { eraseFact, forgetSources } from "#lib/privacy/erasure/parts.ts";

export const correctFactAction = defineAction(correctFactSchema, correctFact);
export const endFactAction = defineAction(endFactSchema, endFact);
export const eraseFactAction = defineAction(factSchema, eraseFact);
export const refuteFactAction = defineAction(factSchema, refuteFactByHand);
export const undoEditAction = defineAction(undoEditSchema, undoEditByHand);
export const forgetSourcesAction = defineAction(factSchema, forgetSources);
export const mergeNodeAction = defineAction(mergeNodeSchema, mergeNodeByName);
export const retryFailedEpisodesAction = defineAction(retryFailedEpisodesSchema, retryFailedEpisodesOfUser);
