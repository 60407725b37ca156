"use server";

import { defineAction } from "#lib/action.ts";
import { eraseUser, eraseUsers } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { eraseUserSchema, eraseUsersSchema } from "#lib/privacy/erasure/schema.ts";
import { exportUsers } from "#lib/transfer/queries.ts";
import { createUser, updateUser } from "#lib/users/mutations.ts";
import { createUserSchema, updateUserSchema, userBatchSchema, userSelectionSchema } from "#lib/users/schema.ts";

export const createUserAction = defineAction(createUserSchema, createUser);
export const updateUserAction = defineAction(updateUserSchema, updateUser);
export const planErasuresAction = defineAction(userSelectionSchema, planErasures, { keepPage: true });
export const eraseUserAction = defineAction(eraseUserSchema, eraseUser, { keepPage: true });
export const eraseUsersAction = defineAction(eraseUsersSchema, eraseUsers, { keepPage: true });
export const exportUsersAction = defineAction(userBatchSchema, exportUsers, { keepPage: true });
