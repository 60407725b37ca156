"use server";

import { defineAction } from "#lib/action.ts";
import { exportUsers } from "#lib/transfer/queries.ts";
import { eraseUser, eraseUsers } from "#lib/users/erasure.ts";
import { createUser, updateUser } from "#lib/users/mutations.ts";
import { previewErasures } from "#lib/users/queries.ts";
import {
  createUserSchema,
  eraseUserSchema,
  eraseUsersSchema,
  updateUserSchema,
  userBatchSchema,
  userSelectionSchema,
} from "#lib/users/schema.ts";

export const createUserAction = defineAction(createUserSchema, createUser);
export const updateUserAction = defineAction(updateUserSchema, updateUser);
export const previewErasuresAction = defineAction(userSelectionSchema, previewErasures, { keepPage: true });
export const eraseUserAction = defineAction(eraseUserSchema, eraseUser, { keepPage: true });
export const eraseUsersAction = defineAction(eraseUsersSchema, eraseUsers, { keepPage: true });
export const exportUsersAction = defineAction(userBatchSchema, exportUsers, { keepPage: true });
