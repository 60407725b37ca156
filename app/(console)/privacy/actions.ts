"use server";

import { defineAction } from "#lib/action.ts";
import { certifyUnknown } from "#lib/privacy/erasure/absence.ts";
import { certifyUnknownSchema } from "#lib/privacy/erasure/schema.ts";
import { placeHold, releaseHold } from "#lib/privacy/holds/mutations.ts";
import { placeHoldSchema, releaseHoldSchema } from "#lib/privacy/holds/schema.ts";
import { proveAgain } from "#lib/privacy/proof/again.ts";
import { proveNow } from "#lib/privacy/proof/mutations.ts";
import { downloadReceipt, downloadSubjectCopy } from "#lib/privacy/receipts/mutations.ts";
import { checkReceipt } from "#lib/privacy/receipts/queries.ts";
import { jwsSchema, noInputSchema, proveAgainSchema, receiptSchema } from "#lib/privacy/receipts/schema.ts";
import { approveLift, askToLift, changeKeepOutPolicy } from "#lib/suppression/mutations.ts";
import { checkIdentifier } from "#lib/suppression/queries.ts";
import { approveLiftSchema, liftSchema, namedSchema, policySchema } from "#lib/suppression/schema.ts";

export const downloadReceiptAction = defineAction(receiptSchema, downloadReceipt, { keepPage: true });
export const downloadSubjectCopyAction = defineAction(receiptSchema, downloadSubjectCopy);
export const certifyUnknownAction = defineAction(certifyUnknownSchema, certifyUnknown);
export const proveNowAction = defineAction(noInputSchema, proveNow);
export const proveAgainAction = defineAction(proveAgainSchema, proveAgain);
export const checkReceiptAction = defineAction(jwsSchema, checkReceipt, { keepPage: true });
export const checkIdentifierAction = defineAction(namedSchema, checkIdentifier, { keepPage: true });
export const askToLiftAction = defineAction(liftSchema, askToLift);
export const approveLiftAction = defineAction(approveLiftSchema, approveLift);
export const changeKeepOutPolicyAction = defineAction(policySchema, changeKeepOutPolicy);
export const placeHoldAction = defineAction(placeHoldSchema, placeHold);
export const releaseHoldAction = defineAction(releaseHoldSchema, releaseHold);
