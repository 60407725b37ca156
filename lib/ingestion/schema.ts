import { z } from "zod";

export const retryFailedEpisodesSchema = z.object({ user: z.uuid() });

/** As many episodes as one page of them holds. */
export const EPISODES_PER_PAGE = 100;
