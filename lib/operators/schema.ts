import { z } from "zod";
import { ROLES } from "#lib/auth/permissions.ts";
import { textSchema } from "#lib/validation.ts";

const roleSchema = z.enum(ROLES);

export const inviteOperatorSchema = z.object({
  name: textSchema(120).trim().min(1, "An operator needs a name."),
  email: z.email("Must be an e-mail address.").max(320),
  role: roleSchema,
});
export type InviteOperator = z.infer<typeof inviteOperatorSchema>;

export interface InvitedOperator {
  email: string;
  /** As they are called already, where they work in another project. */
  name: string;
  /** Of somebody new; null for those who have one. */
  password: string | null;
}

/** NIST SP 800-63B asks for length and against rules of composition. */
export const changePasswordSchema = z
  .object({
    present: z.string().min(1, "Is needed: the password you signed in with.").max(1000),
    password: textSchema(1000).min(10, "Must have at least 10 characters."),
    repeated: z.string().max(1000),
  })
  .refine(({ password, repeated }) => password === repeated, {
    path: ["repeated"],
    message: "Is not the same as the new password.",
  });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const operatorSchema = z.object({ operator: z.uuid() });
export const changeOperatorRoleSchema = operatorSchema.extend({ role: roleSchema });
export const setOperatorDisabledSchema = operatorSchema.extend({ disabled: z.boolean() });
