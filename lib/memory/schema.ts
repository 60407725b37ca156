import { z } from "zod";

/** How much a context block holds: so many known facts, so many quoted turns, and in tokens of about four characters. */
export interface ContextLimits {
  facts: number;
  turns: number;
  tokens: number;
}

/** What serves most questions (measured: `npm run eval`). */
export const DEFAULT_CONTEXT: ContextLimits = { facts: 5, turns: 8, tokens: 500 };

/** No block may be larger. */
export const MOST_CONTEXT: ContextLimits = { facts: 50, turns: 50, tokens: 8_000 };

/** The fewest tokens of a block: those of its frame. */
export const LEAST_TOKENS = 100;

const LONGEST_QUESTION = 2_000;

/** What is asked of a person's memory, and how large the answer is to be. */
export const recallSchema = z.object({
  question: z
    .string()
    .trim()
    .min(1, "Type what the application would ask.")
    .max(LONGEST_QUESTION, `At most ${LONGEST_QUESTION.toLocaleString("en")} characters.`),
  limits: z
    .object({
      facts: z.int("A whole number.").min(0).max(MOST_CONTEXT.facts, `At most ${MOST_CONTEXT.facts}.`),
      turns: z.int("A whole number.").min(0).max(MOST_CONTEXT.turns, `At most ${MOST_CONTEXT.turns}.`),
      tokens: z
        .int("A whole number.")
        .min(LEAST_TOKENS, `At least ${LEAST_TOKENS}.`)
        .max(MOST_CONTEXT.tokens, `At most ${MOST_CONTEXT.tokens.toLocaleString("en")}.`),
    })
    .default(DEFAULT_CONTEXT),
});

export type RecallQuestion = z.infer<typeof recallSchema> & { user: string };

/** What a rank is made of, in shares that add up to 1; all 0 where something is only the nearest there is. */
export interface ScoreShares {
  words: number;
  around: number;
  facts: number;
  time: number;
  meaning: number;
}
