import { z } from "zod";

/** What a search for something erased found; kept beside its receipt. Nothing of what was found. */
export const proofDataSchema = z.object({
  fingerprint: z.string(),
  tables: z.number(),
  columns: z.number(),
  rows: z.number(),
  needles: z.number(),
  /** What was compared: everything, for what was sealed for the proof; hashes of what is stored; or everything, typed again. */
  by: z.enum(["sealed", "hashes", "typed"]).default("sealed"),
  /** Rows of somebody who bears the same name or id and was added after the erasure. */
  addedSince: z.number().default(0),
  /** Tables with rows that should be gone. */
  left: z.array(z.object({ table: z.string(), rows: z.number() })),
  /** Tables whose planner statistics still show a value. */
  statistics: z.array(z.string()),
  mentions: z.number(),
  /** What could not be done. */
  problems: z.array(z.string()),
});
export type ProofData = z.infer<typeof proofDataSchema>;
