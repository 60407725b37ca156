"use server";

import { defineAction } from "#lib/action.ts";
import { changeRole, inviteOperator, resetPassword, setDisabled } from "#lib/operators/mutations.ts";
import { changeRoleSchema, inviteOperatorSchema, operatorSchema, setDisabledSchema } from "#lib/operators/schema.ts";

export const inviteOperatorAction = defineAction(inviteOperatorSchema, inviteOperator);
export const changeRoleAction = defineAction(changeRoleSchema, changeRole);
export const setDisabledAction = defineAction(setDisabledSchema, setDisabled);
export const resetPasswordAction = defineAction(operatorSchema, resetPassword);
