import { z } from "zod";

const count = z.number().int().min(0);

/** What is known of an erasure when it commits, before anybody has looked whether something is left. No personal data. */
export const receiptFactsSchema = z.object({
  v: z.literal(1),
  instance: z.string(),
  /** Who asked, by kind and role: never by name. */
  requestedBy: z.enum(["operator", "api_key", "command_line", "request"]),
  /** The privacy request that asked for it, and who has approved it: by role and a pseudonym, never by name. */
  request: z
    .object({
      number: count,
      law: z.string(),
      channel: z.string(),
      receivedAt: z.string(),
      verifiedAt: z.string(),
      verification: z.string(),
      plan: z.string(),
      approvals: z.array(z.object({ role: z.string(), operator: z.string(), at: z.string() })),
      /** True where one person could do it all. */
      singleOperator: z.boolean(),
    })
    .nullable()
    .default(null),
  /** False where nobody was known by what was asked for, and nothing was deleted. */
  known: z.boolean().default(true),
  plan: z.string().nullable(),
  transaction: z.string(),
  walLsn: z.string(),
  counts: z.record(z.string(), z.object({ previewed: count.nullable(), deleted: count, remaining: z.literal(0) })),
  copies: z.object({ graphs: count, episodes: count }),
  /** What was done with what others said of the person; null where nobody has looked at it. */
  mentions: z
    .object({ redacted: count, deleted: count, kept: z.array(z.object({ ground: z.string(), count })) })
    .nullable()
    .default(null),
  suppression: z.object({ entries: count, keyId: z.string() }),
  /** Whether the application's role owns the tables: then nothing but the product's word keeps the trail as it is. */
  rolesSeparated: z.boolean(),
  subjectCommitment: z.string(),
});
export type ReceiptFacts = z.infer<typeof receiptFactsSchema>;
