import { z } from "zod";
import { LONGEST_SEARCH, SPEAKERS } from "#lib/messages/search/terms.ts";

/** How many messages one page holds, and how many pages there are at most. */
export const FOUND_PER_PAGE = 25;
const MOST_PAGES = 40;

/** What everybody's conversations are searched for. */
export const findSaidSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1, "Type what was said.")
    .max(LONGEST_SEARCH, `At most ${LONGEST_SEARCH} characters.`)
    .refine((text) => !text.includes("\0"), "Contains characters that cannot be stored."),
  speaker: z.enum(SPEAKERS).default("all"),
  page: z.int().min(1).max(MOST_PAGES).default(1),
});

export type SaidQuestion = z.infer<typeof findSaidSchema>;
