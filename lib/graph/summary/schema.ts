import { z } from "zod";

const number = z.coerce.number().int().positive().max(1_000_000).optional().catch(undefined);

/** Which version of a summary is looked at, and beside which; what does not fit counts as not given. */
export const comparisonSchema = z.object({ version: number, against: number });

/** A line of a summary, what it is about, and the facts it rests on. */
export const sentencesSchema = z.array(
  z.object({ heading: z.string().nullable().default(null), text: z.string(), facts: z.array(z.string()) }),
);
export type Sentence = z.infer<typeof sentencesSchema>[number];

/** Whether a line is what somebody said, and not what is known. */
export function isQuotation({ text }: Pick<Sentence, "text">): boolean {
  return text.startsWith("“");
}
