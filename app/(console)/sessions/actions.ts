"use server";

import { defineAction } from "#lib/action.ts";
import { eraseSessionSchema } from "#lib/privacy/erasure/schema.ts";
import { eraseSession } from "#lib/privacy/erasure/session.ts";

export const eraseSessionAction = defineAction(eraseSessionSchema, eraseSession, { keepPage: true });
