import { z } from "zod";
import { type EdgePatch, MAX_EPISODE_LENGTH, MOST_LISTED, relationSchema } from "#lib/graph/schema.ts";
import { metadataSchema, text } from "#lib/validation.ts";
import {
  maybe,
  maybeBlank,
  maybeMetadata,
  maybeText,
  maybeTime,
  operation,
  successShape,
  uuid,
} from "#lib/zep/common.ts";
import { labels } from "#lib/zep/graph-data.ts";
import { edgeShape, episodeShape, episodesShape, nodeShape } from "#lib/zep/graph-shapes.ts";

const uuidParams = z.object({ uuid });
const nodeParams = z.object({ nodeUuid: uuid });

export const getNode = operation({
  id: "graph.node.get",
  method: "GET",
  path: "/graph/node/{nodeUuid}",
  summary: "One node.",
  params: nodeParams,
  answer: nodeShape,
});

export const updateNode = operation({
  id: "v3 graph.node.update",
  method: "PATCH",
  path: "/graph/node/{nodeUuid}",
  summary: "Changes what is given of a node; attributes are merged.",
  params: nodeParams,
  body: z.object({ name: maybeText(500), summary: maybeText(10_000), labels, attributes: maybeMetadata }),
  answer: nodeShape,
});

export const deleteNode = operation({
  id: "v3 graph.node.delete",
  method: "DELETE",
  path: "/graph/node/{nodeUuid}",
  summary: "Removes a node with its facts. A person's own node goes only with the person.",
  params: nodeParams,
  answer: successShape,
});

export const listNodeEdges = operation({
  id: "graph.node.getEdges",
  method: "GET",
  path: "/graph/node/{nodeUuid}/entity-edges",
  summary: "The facts that a node is an end of.",
  params: nodeParams,
  answer: z.array(edgeShape),
});

export const listNodeEpisodes = operation({
  id: "graph.node.getEpisodes",
  method: "GET",
  path: "/graph/node/{nodeUuid}/episodes",
  summary: "The episodes that mention a node, newest first.",
  params: nodeParams,
  answer: episodesShape,
});

export const listNeighbors = operation({
  id: "v3 graph.node.getNeighbors",
  method: "POST",
  path: "/graph/node/{nodeUuid}/neighbors",
  summary: "The nodes one fact away, each with the facts between.",
  params: nodeParams,
  body: z.object({ limit: maybe(z.int().min(1).max(MOST_LISTED)) }),
  answer: z.array(z.object({ node: nodeShape, edges: z.array(edgeShape) })),
});

export const getEdge = operation({
  id: "graph.edge.get",
  method: "GET",
  path: "/graph/edge/{uuid}",
  summary: "One fact.",
  params: uuidParams,
  answer: edgeShape,
});

export const updateEdge = operation({
  id: "v3 graph.edge.update",
  method: "PATCH",
  path: "/graph/edge/{uuid}",
  summary: "Changes what is given of a fact; attributes are merged.",
  params: uuidParams,
  body: z
    .object({
      name: maybeBlank(text(200).pipe(relationSchema)),
      fact: maybeText(MAX_EPISODE_LENGTH),
      valid_at: maybeTime,
      invalid_at: maybeTime,
      expired_at: maybeTime,
      attributes: maybeMetadata,
    })
    .transform(
      (body): EdgePatch => ({
        name: body.name,
        fact: body.fact,
        validAt: body.valid_at,
        invalidAt: body.invalid_at,
        expiredAt: body.expired_at,
        attributes: body.attributes,
      }),
    ),
  answer: edgeShape,
});

export const deleteEdge = operation({
  id: "graph.edge.delete",
  method: "DELETE",
  path: "/graph/edge/{uuid}",
  summary: "Removes a fact; the nodes it joined stay.",
  params: uuidParams,
  answer: successShape,
});

export const getEpisode = operation({
  id: "graph.episode.get",
  method: "GET",
  path: "/graph/episodes/{uuid}",
  summary: "One episode; `processed` says whether memory is done with it.",
  params: uuidParams,
  answer: episodeShape,
});

export const updateEpisode = operation({
  id: "v3 graph.episode.update",
  method: "PATCH",
  path: "/graph/episodes/{uuid}",
  summary: "Merges metadata into an episode's.",
  params: uuidParams,
  body: z.object({ metadata: metadataSchema }),
  answer: episodeShape,
});

export const deleteEpisode = operation({
  id: "graph.episode.delete",
  method: "DELETE",
  path: "/graph/episodes/{uuid}",
  summary: "Removes an episode with the facts and nodes that rest on it alone.",
  params: uuidParams,
  answer: successShape,
});

export const getMentions = operation({
  id: "graph.episode.getNodesAndEdges",
  method: "GET",
  path: "/graph/episodes/{uuid}/mentions",
  summary: "The nodes an episode mentions and the facts that rest on it.",
  params: uuidParams,
  answer: z.object({ nodes: z.array(nodeShape), edges: z.array(edgeShape) }),
});
