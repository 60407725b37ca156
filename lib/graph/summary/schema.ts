import { z } from "zod";

const number = z.coerce.number().int().positive().max(1_000_000).optional().catch(undefined);

/** Which version of a summary is looked at, and beside which; what does not fit counts as not given. */
export const comparisonSchema = z.object({ version: number, against: number });
