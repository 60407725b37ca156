export const PAGE_SIZES = [25, 50, 100] as const;
export const DEFAULT_PAGE_SIZE = 50;

/** Pages are 1-based. A page past the end is an empty page, not an error. */
export interface PageRequest {
  page: number;
  size: number;
}

export const DIRECTIONS = ["asc", "desc"] as const;
export type Direction = (typeof DIRECTIONS)[number];
