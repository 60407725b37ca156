import { z } from "zod";
import { MENTION_DECISIONS } from "#lib/privacy/mentions/terms.ts";
import { MOST_IN_BATCH } from "#lib/users/schema.ts";
import { identifierSchema } from "#lib/validation.ts";

/** How many rows of each table, by its name. */
const rowCountsSchema = z.record(z.string(), z.number().int().min(0));

/** What an operator was shown before they erase somebody: the rows, and the hash of what else the plan covers. */
const plannedSchema = {
  uuid: z.uuid(),
  previewed: rowCountsSchema,
  plan: z.string(),
  /** Whether applications are refused that add the person again. */
  keptOut: z.boolean(),
  /** What is done with what others said of the person. */
  mentions: z.enum(MENTION_DECISIONS).optional(),
};

export const eraseUserSchema = z.object({
  ...plannedSchema,
  confirmation: z.string(),
  /** How whoever asks calls this work, to watch it. */
  work: z.uuid().optional(),
});
export type EraseUser = z.infer<typeof eraseUserSchema>;

export const eraseUsersSchema = z.array(z.object(plannedSchema)).min(1).max(MOST_IN_BATCH);
export type PlannedErasure = z.infer<typeof eraseUsersSchema>[number];

export const eraseMessageSchema = z.object({ session: z.uuid(), message: z.uuid() });

export const eraseSessionSchema = z.object({ uuid: z.uuid(), previewedMessages: z.number().int() });

/** Somebody a request is about whom nobody knows here, by the id or the address that was given. */
export const certifyUnknownSchema = z.object({
  identifier: identifierSchema,
  keptOut: z.boolean(),
});
