import { z } from "zod";
import type { Direction, PageRequest } from "#lib/pagination.ts";

export const REQUEST_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export const methodSchema = z.enum(REQUEST_METHODS);

/** How a call went, by the hundreds of its status. */
export const OUTCOMES = { done: "Done (2xx)", refused: "Refused (4xx)", failed: "Failed (5xx)" } as const;
export const requestOutcomeSchema = z.enum(["done", "refused", "failed"]);

export interface RequestFilter {
  method: z.infer<typeof methodSchema> | null;
  outcome: z.infer<typeof requestOutcomeSchema> | null;
  key: string | null;
  from: Date | null;
  to: Date | null;
}

export const REQUEST_SORTS = ["at", "duration"] as const;

export type RequestQuery = RequestFilter & PageRequest & { sort: (typeof REQUEST_SORTS)[number]; direction: Direction };
