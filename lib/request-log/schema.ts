import type { Direction, PageRequest } from "#lib/pagination.ts";
import type { REQUEST_METHODS, REQUEST_OUTCOMES, REQUEST_SORTS } from "#lib/request-log/terms.ts";

export interface RequestFilter {
  method: (typeof REQUEST_METHODS)[number] | null;
  outcome: (typeof REQUEST_OUTCOMES)[number] | null;
  key: string | null;
  from: Date | null;
  to: Date | null;
}

export type RequestQuery = RequestFilter & PageRequest & { sort: (typeof REQUEST_SORTS)[number]; direction: Direction };
