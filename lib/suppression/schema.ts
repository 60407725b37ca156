import { z } from "zod";

/** One identifier as somebody types it, to see whether it would be refused. */
export const identifierSchema = z.object({
  kind: z.enum(["user_id", "session_id", "email"]),
  value: z.string().trim().min(1, "Type an id or an address.").max(500),
});

export const liftSchema = z.object({
  receipt: z.uuid(),
  reason: z.string().trim().min(10, "Say why, in at least ten characters.").max(500),
});

export const approveLiftSchema = z.object({ receipt: z.uuid() });

export const policySchema = z.object({ keepsOutDeleted: z.boolean() });
