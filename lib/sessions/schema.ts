import { z } from "zod";
import { DIRECTIONS, pageSchema } from "#lib/pagination.ts";
import { text } from "#lib/validation.ts";

/** The application's own id of a conversation; the same rules as for user ids. */
export const sessionIdSchema = text(500)
  .refine((id) => id !== "", "Must not be empty.")
  .refine((id) => id !== "." && id !== "..", 'Must not be "." or "..".');

export const SESSION_SORTS = ["sessionId", "messages", "activity", "created"] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

export const sessionFilterSchema = z.object({
  /** Only this person's conversations. */
  user: z.uuid().nullable(),
  /** Part of the session id. */
  search: z.string().max(200).nullable(),
  /** `key=value` against the metadata, or a JSON object it must contain. */
  metadata: z.string().max(500).nullable(),
  from: z.date().nullable(),
  to: z.date().nullable(),
});
export type SessionFilter = z.infer<typeof sessionFilterSchema>;

export const sessionListSchema = pageSchema.extend({
  sort: z.enum(SESSION_SORTS),
  direction: z.enum(DIRECTIONS),
  filter: sessionFilterSchema,
});
export type SessionList = z.infer<typeof sessionListSchema>;

export const eraseSessionSchema = z.object({ uuid: z.uuid(), previewedMessages: z.number().int() });
