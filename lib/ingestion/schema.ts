import { z } from "zod";

export const retryFailedEpisodesSchema = z.object({ user: z.uuid() });

/** As many episodes as one page of them holds. */
export const EPISODES_PER_PAGE = 100;

/** Of which message it is asked how it was read. */
export const readingSchema = z.object({ message: z.uuid() });
