"use server";

import { defineAction } from "#lib/action.ts";
import { changeOperatorRole, inviteOperator, resetPassword, setOperatorDisabled } from "#lib/operators/mutations.ts";
import {
  changeOperatorRoleSchema,
  inviteOperatorSchema,
  operatorSchema,
  setOperatorDisabledSchema,
} from "#lib/operators/schema.ts";

export const inviteOperatorAction = defineAction(inviteOperatorSchema, inviteOperator);
export const changeOperatorRoleAction = defineAction(changeOperatorRoleSchema, changeOperatorRole);
export const setOperatorDisabledAction = defineAction(setOperatorDisabledSchema, setOperatorDisabled);
export const resetPasswordAction = defineAction(operatorSchema, resetPassword);
