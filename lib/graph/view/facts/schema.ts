import { z } from "zod";
import type { FactExtractor } from "#lib/graph/terms.ts";
import type { FactKind, FactSort, FactState } from "#lib/graph/view/facts/terms.ts";
import type { Direction, PageRequest } from "#lib/pagination.ts";
import type { Theme } from "#lib/relations/relation.ts";

/** Which facts of a person; null restricts nothing. */
export interface FactFilter {
  user: string;
  state: FactState | null;
  /** Only those that held at this moment. */
  asOf: Date | null;
  relation: string | null;
  theme: Theme | null;
  /** Quotations in the place of known facts. */
  kind: FactKind | null;
  extractor: FactExtractor | null;
  /** Those that are about this node. */
  node: string | null;
  /** This fact, what it replaced and what replaced it. */
  fact: string | null;
  /** Only facts with at least this confidence, between 0 and 1. */
  confidence: number | null;
  search: string | null;
}

export const NO_FACT_FILTER: Omit<FactFilter, "user"> = {
  state: null,
  asOf: null,
  relation: null,
  theme: null,
  kind: null,
  extractor: null,
  node: null,
  fact: null,
  confidence: null,
  search: null,
};

export interface FactList extends PageRequest {
  sort: FactSort;
  direction: Direction;
  filter: FactFilter;
}

export const learnedFactsSchema = z.object({ message: z.uuid() });
