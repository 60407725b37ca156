import { z } from "zod";
import type { EpisodeRow, FactRecord, NodeRow } from "#lib/graph/schema.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { ROLE_TYPES } from "#lib/messages/terms.ts";
import { formatTime, formatTimeOrNone, metadata, toMap } from "#lib/zep/common.ts";

/** What the strict clients require is never absent and never null (wire contract, 1.3). */
export const nodeShape = z.object({
  uuid: z.string(),
  name: z.string(),
  labels: z.array(z.string()),
  summary: z.string(),
  attributes: metadata,
  created_at: z.string(),
  score: z.number().optional(),
});

export function presentNode(node: NodeRow): z.infer<typeof nodeShape> {
  const { uuid, name, labels, summary, score } = node;
  return {
    uuid,
    name,
    labels,
    summary,
    attributes: toMap(node.attributes),
    created_at: formatTime(node.createdAt),
    score,
  };
}

export const edgeShape = z.object({
  uuid: z.string(),
  name: z.string(),
  fact: z.string(),
  source_node_uuid: z.string(),
  source_node_name: z.string(),
  source_node_labels: z.array(z.string()),
  target_node_uuid: z.string(),
  target_node_name: z.string(),
  target_node_labels: z.array(z.string()),
  episodes: z.array(z.string()),
  attributes: metadata,
  created_at: z.string(),
  valid_at: z.string().optional(),
  invalid_at: z.string().optional(),
  expired_at: z.string().optional(),
  /** Our own field: the confidence, and whether rules, a model or a caller said so. */
  confidence: z.number(),
  extractor: z.enum(EXTRACTORS),
  score: z.number().optional(),
});

export function presentEdge(edge: FactRecord): z.infer<typeof edgeShape> {
  return {
    uuid: edge.uuid,
    name: edge.name,
    fact: edge.fact,
    source_node_uuid: edge.sourceUuid,
    source_node_name: edge.sourceName,
    source_node_labels: edge.sourceLabels,
    target_node_uuid: edge.targetUuid,
    target_node_name: edge.targetName,
    target_node_labels: edge.targetLabels,
    episodes: edge.episodes,
    attributes: toMap(edge.attributes),
    created_at: formatTime(edge.createdAt),
    valid_at: formatTimeOrNone(edge.validAt),
    invalid_at: formatTimeOrNone(edge.invalidAt),
    expired_at: formatTimeOrNone(edge.expiredAt),
    confidence: Number(edge.confidence.toFixed(3)),
    extractor: edge.extractor,
    score: edge.score,
  };
}

export const episodeShape = z.object({
  uuid: z.string(),
  content: z.string(),
  created_at: z.string(),
  source: z.enum(["text", "json", "message"]),
  source_description: z.string().optional(),
  role: z.string().optional(),
  role_type: z.enum(ROLE_TYPES).optional(),
  session_id: z.string().optional(),
  thread_id: z.string().optional(),
  metadata,
  processed: z.boolean(),
  score: z.number().optional(),
});

/** What was stated or corrected by hand is text to the clients, whose list of sources is closed. */
export function presentEpisode(episode: EpisodeRow): z.infer<typeof episodeShape> {
  return {
    uuid: episode.uuid,
    content: episode.content,
    created_at: formatTime(episode.createdAt),
    source: episode.source === "fact_triple" || episode.source === "correction" ? "text" : episode.source,
    source_description: episode.sourceDescription ?? undefined,
    role: episode.role ?? undefined,
    role_type: episode.roleType ?? undefined,
    session_id: episode.sessionId ?? undefined,
    thread_id: episode.sessionId ?? undefined,
    metadata: toMap(episode.metadata),
    processed: episode.processed,
    score: episode.score,
  };
}

/** The one episode that was just added. */
export function presentFirst([episode]: EpisodeRow[]): z.infer<typeof episodeShape> {
  if (!episode) throw new Error("an episode that was just added must be there");
  return presentEpisode(episode);
}

export const episodesShape = z.object({ episodes: z.array(episodeShape) });

export const factShape = z.object({
  uuid: z.string(),
  content: z.string(),
  fact: z.string(),
  created_at: z.string(),
  name: z.string(),
  rating: z.number().optional(),
  valid_at: z.string().optional(),
  invalid_at: z.string().optional(),
  expired_at: z.string().optional(),
  source_node_name: z.string(),
  target_node_name: z.string(),
});

/** A fact in the words of the older calls; both `content` and `fact` are required (wire contract, 1.3). */
export function presentFact(edge: FactRecord): z.infer<typeof factShape> {
  return {
    uuid: edge.uuid,
    content: edge.fact,
    fact: edge.fact,
    created_at: formatTime(edge.createdAt),
    name: edge.name,
    rating: edge.rating ?? undefined,
    valid_at: formatTimeOrNone(edge.validAt),
    invalid_at: formatTimeOrNone(edge.invalidAt),
    expired_at: formatTimeOrNone(edge.expiredAt),
    source_node_name: edge.sourceName,
    target_node_name: edge.targetName,
  };
}

export const factsShape = z.object({ facts: z.array(factShape) });
