import { z } from "zod";
import { ROLES } from "#lib/auth/permissions.ts";
import { text } from "#lib/validation.ts";

const roleSchema = z.enum(ROLES);

export const inviteOperatorSchema = z.object({
  name: text(120).trim().min(1, "An operator needs a name."),
  email: z.email("Must be an e-mail address.").max(320),
  role: roleSchema,
});
export type InviteOperator = z.infer<typeof inviteOperatorSchema>;

export const operatorSchema = z.object({ operator: z.uuid() });
export const changeRoleSchema = operatorSchema.extend({ role: roleSchema });
export const setDisabledSchema = operatorSchema.extend({ disabled: z.boolean() });
