import { z } from "zod";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";

const reason = z.string().trim().min(10, "Say why, in at least ten characters.").max(500);

export const placeHoldSchema = z.object({
  userId: userIdSchema,
  /** Only this session of theirs; everything of theirs where it is empty. */
  sessionId: z.union([z.literal(""), sessionIdSchema]),
  matter: reason,
  reviewAt: z.union([z.literal(""), z.iso.date("Must be a day.")]),
});

export const releaseHoldSchema = z.object({ hold: z.uuid(), reason });
