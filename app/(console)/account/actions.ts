"use server";

import { defineAction } from "#lib/action.ts";
import { changePassword } from "#lib/operators/mutations.ts";
import { changePasswordSchema } from "#lib/operators/schema.ts";

export const changePasswordAction = defineAction(changePasswordSchema, changePassword);
