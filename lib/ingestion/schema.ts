import { z } from "zod";

export const retrySchema = z.object({ user: z.uuid() });

/** As many episodes as one page of them holds. */
export const EPISODES = 100;
