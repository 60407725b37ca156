"use server";

import { defineAction } from "#lib/action.ts";
import { eraseMessage } from "#lib/privacy/erasure/parts.ts";
import { eraseMessageSchema, eraseSessionSchema } from "#lib/privacy/erasure/schema.ts";
import { eraseSession } from "#lib/privacy/erasure/session.ts";

export const eraseSessionAction = defineAction(eraseSessionSchema, eraseSession, { keepPage: true });
export const eraseMessageAction = defineAction(eraseMessageSchema, eraseMessage);
