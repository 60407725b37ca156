import { z } from "zod";

/** Of which fact it is asked what it was drawn from. */
export const factSourcesSchema = z.object({ fact: z.uuid() });
