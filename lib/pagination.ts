import { z } from "zod";

export const PAGE_SIZES = [25, 50, 100] as const;
export const DEFAULT_PAGE_SIZE = 50;

/** Pages are 1-based. A page past the end is an empty page, not an error. */
export const pageSchema = z.object({
  page: z.number().int().min(1).max(1_000_000_000),
  size: z.union(PAGE_SIZES.map((size) => z.literal(size))),
});

export type PageRequest = z.infer<typeof pageSchema>;

export const DIRECTIONS = ["asc", "desc"] as const;
export type Direction = (typeof DIRECTIONS)[number];
