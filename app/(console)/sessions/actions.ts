"use server";

import { defineAction } from "#lib/action.ts";
import { eraseSession } from "#lib/sessions/erasure.ts";
import { eraseSessionSchema } from "#lib/sessions/schema.ts";

export const eraseSessionAction = defineAction(eraseSessionSchema, eraseSession, { keepPage: true });
