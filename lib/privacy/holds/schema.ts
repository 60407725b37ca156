import { z } from "zod";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { reasonSchema } from "#lib/validation.ts";

export const placeHoldSchema = z.object({
  userId: userIdSchema,
  /** Only this session of theirs; everything of theirs where it is empty. */
  sessionId: z.union([z.literal(""), sessionIdSchema]),
  matter: reasonSchema,
  reviewAt: z.union([z.literal(""), z.iso.date("Must be a day.")]),
});

export const releaseHoldSchema = z.object({ hold: z.uuid(), reason: reasonSchema });
