import { z } from "zod";
import type { FactExtractor } from "#lib/graph/terms.ts";
import { SAID } from "#lib/relations.ts";
import { externalIdSchema, type Metadata } from "#lib/validation.ts";

/** The id of a graph without a person; the same rules as for a session's. */
export const groupIdSchema = externalIdSchema;

/** Whose graph: exactly one of a person and a group, by the application's own id. */
export type GraphOwner = { userId: string } | { groupId: string };

/** Where a graph's rows are. */
export interface GraphKey {
  projectUuid: string;
  uuid: string;
}

/** Before every graph, for whoever walks through all of them. */
export const FIRST_GRAPH: GraphKey = {
  projectUuid: "00000000-0000-0000-0000-000000000000",
  uuid: "00000000-0000-0000-0000-000000000000",
};

/**
 * Facts with a lower confidence than this are stored, listed and found, but no summary mentions them and no overview shows
 * them first.
 */
export const MIN_SUMMARY_CONFIDENCE = 0.65;

/** Data longer than this is refused (wire contract, 4.4), as are larger batches. */
export const MAX_EPISODE_LENGTH = 10_000;
export const MAX_SOURCE_DESCRIPTION = 2_000;
/** What data is put in as; the other kinds of episodes come of messages and of edits by hand. */
export const DATA_SOURCES = ["text", "json", "message"] as const;
export const MAX_EPISODES = 20;

/** A piece of data on its way into a graph. */
export interface NewEpisode {
  uuid: string;
  source: "text" | "json" | "message" | "fact_triple" | "correction";
  content: string;
  sourceDescription: string | null;
  metadata?: Metadata;
  createdAt: Date;
  /** Minutes east of UTC where it was said; absent where nobody said so. */
  utcOffset?: number | null;
}

/** One end of a stated fact: by uuid, else by name; neither means the person whose graph it is. */
export interface StatedNode {
  uuid?: string;
  name?: string;
  summary?: string;
  labels?: string[];
  attributes?: Metadata;
}

/** A fact that a caller states outright. Times are those of the contract (4.4). */
export interface StatedFact {
  /** The idempotency key of this call. Everything the call makes gets a uuid derived from it. */
  idempotencyKey: string;
  /** The uuid that the caller wants for the fact, or knows it by. */
  uuid?: string;
  /** The relation, such as WORKS_AT. */
  name: string;
  fact: string;
  source: StatedNode;
  target: StatedNode;
  attributes?: Metadata;
  createdAt: Date;
  validAt: Date | null;
  invalidAt: Date | null;
  expiredAt: Date | null;
}

export const NODE_ORDERS = ["uuid", "created"] as const;
export const FACT_ORDERS = ["uuid", "created", "valid"] as const;
export const MOST_LISTED = 1_000;

/** A stretch of a graph's nodes or facts in one order; `after` is the uuid of the last item already seen. */
export interface GraphList<Order extends string = (typeof FACT_ORDERS)[number]> {
  limit: number;
  after: string | null;
  order?: Order;
  direction: "asc" | "desc";
  filter: GraphFilter;
}

export const SEARCH_SCOPES = ["edges", "nodes", "episodes"] as const;
export const RERANKERS = ["rrf", "mmr", "nodeDistance", "episodeMentions", "crossEncoder"] as const;
export const COMPARISONS = ["=", "<>", ">", "<", ">=", "<="] as const;
export const FACT_TIMES = ["createdAt", "validAt", "invalidAt", "expiredAt"] as const;

/** One of the outer list must hold; of the inner list all (wire contract, 2.7). */
export type TimeFilter = { comparison: (typeof COMPARISONS)[number]; date: Date }[][];

/** Which nodes and facts; an empty list restricts nothing. */
export interface GraphFilter {
  labels: string[];
  relations: string[];
  withoutLabels: string[];
  withoutRelations: string[];
  times: Partial<Record<(typeof FACT_TIMES)[number], TimeFilter>>;
}

export interface GraphSearch extends GraphFilter {
  query: string;
  /** What "last week" in the question counts from; null is now. */
  askedAt: Date | null;
  scope: (typeof SEARCH_SCOPES)[number];
  limit: number;
  reranker: (typeof RERANKERS)[number];
  /** 1 weighs relevance alone, 0 novelty alone. */
  mmrLambda: number;
  centerNode: string | null;
  /** Only what lies within a few steps of these nodes. */
  origins: string[];
  minRating: number | null;
  /** Leaves out what answers less well. */
  minScore: number;
}

const NO_FILTER: GraphFilter = { labels: [], relations: [], withoutLabels: [], withoutRelations: [], times: {} };

/** The newest of a graph's known facts, as many as one list gives. */
export const LATEST_FACTS: GraphList = {
  limit: MOST_LISTED,
  after: null,
  order: "created",
  direction: "desc",
  filter: { ...NO_FILTER, withoutRelations: [SAID] },
};

export const DEFAULT_SEARCH: Omit<GraphSearch, "query"> = {
  askedAt: null,
  scope: "edges",
  limit: 10,
  reranker: "rrf",
  mmrLambda: 0.5,
  centerNode: null,
  origins: [],
  minRating: null,
  minScore: 0,
  ...NO_FILTER,
};

/** Changes to a node or a fact; what is absent stays. */
export interface NodePatch {
  name?: string;
  summary?: string;
  labels?: string[];
  attributes?: Metadata;
}

export interface FactPatch {
  name?: string;
  fact?: string;
  validAt?: Date;
  invalidAt?: Date;
  expiredAt?: Date;
  attributes?: Metadata;
}

/** The words under which a relation is stored. */
export const relationSchema = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "Must be UPPER_SNAKE_CASE, such as WORKS_AT.");

/** What settling looked at, for those who tell of the graph: facts that went, and the nodes whose facts may be others now. */
export interface RebuildResult {
  nodes: Set<string>;
  gone: string[];
  /** All facts that were in these slots or are now. */
  touched?: string[];
}

export interface NodeRow {
  uuid: string;
  graphUuid: string;
  name: string;
  labels: string[];
  summary: string;
  attributes: unknown;
  createdAt: Date;
  /** How well it answers a search, between 0 and 1; elsewhere absent. */
  score?: number;
}

export interface FactRecord {
  uuid: string;
  graphUuid: string;
  name: string;
  fact: string;
  attributes: unknown;
  rating: number | null;
  sourceUuid: string;
  sourceName: string;
  sourceLabels: string[];
  targetUuid: string;
  targetName: string;
  targetLabels: string[];
  /** The episodes that it rests on. */
  episodes: string[];
  validAt: Date | null;
  invalidAt: Date | null;
  createdAt: Date;
  expiredAt: Date | null;
  /** How sure whoever drew it is, between 0 and 1, and who that was. */
  confidence: number;
  extractor: FactExtractor;
  score?: number;
}

export interface EpisodeRow {
  uuid: string;
  graphUuid: string;
  source: NewEpisode["source"];
  content: string;
  sourceDescription: string | null;
  metadata: unknown;
  sessionId: string | null;
  role: string | null;
  roleType: "norole" | "system" | "assistant" | "user" | "function" | "tool" | null;
  createdAt: Date;
  processed: boolean;
  score?: number;
}
