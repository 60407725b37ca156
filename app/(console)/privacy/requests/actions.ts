"use server";

import { defineAction } from "#lib/action.ts";
import { agreeToPolicy, changePolicy } from "#lib/privacy/policy/mutations.ts";
import { noPolicySchema, policySchema } from "#lib/privacy/policy/schema.ts";
import { checkRows, fileRows } from "#lib/privacy/requests/batch/file.ts";
import { csvRowsSchema } from "#lib/privacy/requests/batch/schema.ts";
import {
  cancelRequest,
  decideRequest,
  refuseRequest,
  undoSchedule,
  withdrawRequest,
} from "#lib/privacy/requests/decide.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import {
  answerRequest,
  closeUnknown,
  fulfilRequest,
  liftRestriction,
  sendLetter,
} from "#lib/privacy/requests/fulfil.ts";
import {
  acknowledgeRequest,
  assignRequest,
  attestRequest,
  decideMentions,
  extendRequest,
  holdRequest,
  resumeRequest,
  reviewRequest,
  submitRequest,
} from "#lib/privacy/requests/review.ts";
import {
  decideMentionsSchema,
  decideRequestSchema,
  fileRequestSchema,
  liftRestrictionSchema,
  makeCodeSchema,
  reasonedRequestSchema,
  refuseRequestSchema,
  requestSchema,
  sendLetterSchema,
} from "#lib/privacy/requests/schema.ts";
import { makeVerificationCode } from "#lib/privacy/requests/verify.ts";
import { dropView, saveView } from "#lib/privacy/requests/views/mutations.ts";
import { dropViewSchema, saveViewSchema } from "#lib/privacy/requests/views/schema.ts";

export const fileRequestAction = defineAction(fileRequestSchema, fileRequest);
export const checkRowsAction = defineAction(csvRowsSchema, checkRows, { keepPage: true });
export const fileRowsAction = defineAction(csvRowsSchema, fileRows, { keepPage: true });
export const attestRequestAction = defineAction(requestSchema, attestRequest);
export const reviewRequestAction = defineAction(requestSchema, reviewRequest);
export const decideMentionsAction = defineAction(decideMentionsSchema, decideMentions);
export const submitRequestAction = defineAction(requestSchema, submitRequest);
export const decideRequestAction = defineAction(decideRequestSchema, decideRequest);
export const holdRequestAction = defineAction(reasonedRequestSchema, holdRequest);
export const resumeRequestAction = defineAction(requestSchema, resumeRequest);
export const undoScheduleAction = defineAction(reasonedRequestSchema, undoSchedule);
export const withdrawRequestAction = defineAction(reasonedRequestSchema, withdrawRequest);
export const cancelRequestAction = defineAction(reasonedRequestSchema, cancelRequest);
export const refuseRequestAction = defineAction(refuseRequestSchema, refuseRequest);
export const extendRequestAction = defineAction(reasonedRequestSchema, extendRequest);
export const acknowledgeRequestAction = defineAction(requestSchema, acknowledgeRequest);
export const assignRequestAction = defineAction(requestSchema, assignRequest);
export const fulfilRequestAction = defineAction(requestSchema, fulfilRequest);
export const closeUnknownAction = defineAction(requestSchema, closeUnknown);
export const sendLetterAction = defineAction(sendLetterSchema, sendLetter);
export const answerRequestAction = defineAction(requestSchema, answerRequest);
export const changePolicyAction = defineAction(policySchema, changePolicy);
export const saveViewAction = defineAction(saveViewSchema, saveView);
export const dropViewAction = defineAction(dropViewSchema, dropView);
export const agreeToPolicyAction = defineAction(noPolicySchema, agreeToPolicy);
export const liftRestrictionAction = defineAction(liftRestrictionSchema, liftRestriction);
export const makeVerificationCodeAction = defineAction(makeCodeSchema, makeVerificationCode);
