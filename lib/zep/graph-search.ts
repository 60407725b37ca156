import { z } from "zod";
import {
  COMPARISONS,
  DEFAULT_SEARCH,
  type GraphFilter,
  MOST_LISTED,
  type RERANKERS,
  SEARCH_SCOPES,
} from "#lib/graph/schema.ts";
import { textSchema } from "#lib/validation.ts";
import {
  choiceSchema,
  defineOperation,
  optionalOrBlankSchema,
  optionalSchema,
  optionalUuid,
  time,
  uuid,
} from "#lib/zep/common.ts";
import { edgeShape, episodeShape, nodeShape } from "#lib/zep/graph-shapes.ts";
import { ownerFields, parseOwner } from "#lib/zep/owner.ts";

const timeFilter = optionalSchema(
  z
    .array(
      z
        .array(
          z
            .object({ comparison_operator: z.enum(COMPARISONS), date: time })
            .transform(({ comparison_operator, date }) => ({ comparison: comparison_operator, date })),
        )
        .min(1)
        .max(20),
    )
    .max(20),
);

export const searchFilters = optionalSchema(
  z.object({
    node_labels: optionalSchema(z.array(textSchema(100)).max(50)),
    edge_types: optionalSchema(z.array(textSchema(200)).max(50)),
    exclude_node_labels: optionalSchema(z.array(textSchema(100)).max(50)),
    exclude_edge_types: optionalSchema(z.array(textSchema(200)).max(50)),
    created_at: timeFilter,
    valid_at: timeFilter,
    invalid_at: timeFilter,
    expired_at: timeFilter,
  }),
).transform(
  (given): GraphFilter => ({
    labels: given?.node_labels ?? [],
    relations: given?.edge_types ?? [],
    withoutLabels: given?.exclude_node_labels ?? [],
    withoutRelations: given?.exclude_edge_types ?? [],
    times: {
      createdAt: given?.created_at,
      validAt: given?.valid_at,
      invalidAt: given?.invalid_at,
      expiredAt: given?.expired_at,
    },
  }),
);

const RERANKER = {
  rrf: "rrf",
  mmr: "mmr",
  node_distance: "nodeDistance",
  episode_mentions: "episodeMentions",
  cross_encoder: "crossEncoder",
} as const satisfies Record<string, (typeof RERANKERS)[number]>;

const MOST_FOUND = 50;
const MOST_ASKED = 32_000;

export const searchGraph = defineOperation({
  id: "graph.search",
  needs: ["graph:read"],
  method: "POST",
  path: "/graph/search",
  summary:
    "Facts, nodes or episodes of one graph that a question's words occur in or, where an embedding model is configured, that mean much the same, best first. `cross_encoder` ranks as `rrf`.",
  body: z
    .object({
      // Longer questions are cut, not refused (wire contract, 4.4).
      query: textSchema(1_000_000).transform((query) => query.slice(0, MOST_ASKED)),
      scope: optionalOrBlankSchema(z.enum(SEARCH_SCOPES), `Must be one of ${SEARCH_SCOPES.join(", ")}.`),
      limit: optionalSchema(z.int().min(1).max(MOST_FOUND)),
      reranker: optionalOrBlankSchema(choiceSchema(RERANKER), `Must be one of ${Object.keys(RERANKER).join(", ")}.`),
      mmr_lambda: optionalSchema(z.number().min(0).max(1)),
      center_node_uuid: optionalUuid,
      bfs_origin_node_uuids: optionalSchema(z.array(uuid).max(50)),
      min_fact_rating: optionalSchema(z.number().min(0).max(1)),
      min_score: optionalSchema(z.number()),
      search_filters: searchFilters,
      ...ownerFields,
    })
    .superRefine((body, context) => {
      if (body.reranker === "mmr" && body.mmr_lambda === undefined)
        context.addIssue({ code: "custom", path: ["mmr_lambda"], message: "Is needed for the reranker mmr." });
      if (body.reranker === "nodeDistance" && !body.center_node_uuid)
        context.addIssue({
          code: "custom",
          path: ["center_node_uuid"],
          message: "Is needed for the reranker node_distance.",
        });
    })
    .transform((body, context) => ({
      owner: parseOwner(body, context),
      search: {
        query: body.query,
        scope: body.scope ?? DEFAULT_SEARCH.scope,
        limit: body.limit ?? DEFAULT_SEARCH.limit,
        reranker: body.reranker ?? DEFAULT_SEARCH.reranker,
        mmrLambda: body.mmr_lambda ?? DEFAULT_SEARCH.mmrLambda,
        centerNode: body.center_node_uuid ?? null,
        origins: body.bfs_origin_node_uuids ?? [],
        minRating: body.min_fact_rating ?? null,
        minScore: body.min_score ?? 0,
        askedAt: null,
        ...body.search_filters,
      },
    })),
  answer: z.object({ edges: z.array(edgeShape), nodes: z.array(nodeShape), episodes: z.array(episodeShape) }),
});

export const getSubgraph = defineOperation({
  id: "v3.graph.getSubgraph",
  needs: ["graph:read"],
  method: "POST",
  path: "/graph/subgraph",
  summary: "What lies within a few facts of the given nodes.",
  body: z
    .object({
      seed_node_uuids: z.array(uuid).min(1, "Must not be empty.").max(50),
      depth: optionalSchema(z.int().min(1).max(3)),
      max_nodes: optionalSchema(z.int().min(1).max(MOST_LISTED)),
      max_edges: optionalSchema(z.int().min(1).max(MOST_LISTED)),
      ...ownerFields,
    })
    .transform((body, context) => ({
      owner: parseOwner(body, context),
      seeds: body.seed_node_uuids,
      depth: body.depth ?? 1,
      mostNodes: body.max_nodes ?? 100,
      mostEdges: body.max_edges ?? 200,
    })),
  answer: z.object({ nodes: z.array(nodeShape), edges: z.array(edgeShape), truncated: z.boolean() }),
});
