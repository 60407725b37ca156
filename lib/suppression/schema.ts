import { z } from "zod";
import { identifierSchema, reasonSchema } from "#lib/validation.ts";

/** One identifier as somebody types it, to see whether it would be refused. */
export const namedSchema = z.object({
  kind: z.enum(["user_id", "session_id", "email"]),
  value: identifierSchema,
});

export const liftSchema = z.object({ receipt: z.uuid(), reason: reasonSchema });

export const approveLiftSchema = z.object({ receipt: z.uuid() });

export const policySchema = z.object({ keepsOutDeleted: z.boolean() });
