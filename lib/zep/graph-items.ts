import { z } from "zod";
import { type FactPatch, MAX_EPISODE_LENGTH, MOST_LISTED, relationSchema } from "#lib/graph/schema.ts";
import { metadataSchema, textSchema } from "#lib/validation.ts";
import {
  defineOperation,
  optionalMetadata,
  optionalOrBlankSchema,
  optionalSchema,
  optionalTextSchema,
  optionalTime,
  successShape,
  uuid,
} from "#lib/zep/common.ts";
import { labels } from "#lib/zep/graph-data.ts";
import { edgeShape, episodeShape, episodesShape, nodeShape } from "#lib/zep/graph-shapes.ts";

const uuidParams = z.object({ uuid });
const nodeParams = z.object({ nodeUuid: uuid });

export const getNode = defineOperation({
  id: "graph.node.get",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/node/{nodeUuid}",
  summary: "One node.",
  params: nodeParams,
  answer: nodeShape,
});

export const updateNode = defineOperation({
  id: "v3.graph.node.update",
  needs: ["graph:write", "graph:read"],
  method: "PATCH",
  path: "/graph/node/{nodeUuid}",
  summary: "Changes what is given of a node; attributes are merged.",
  params: nodeParams,
  body: z.object({
    name: optionalTextSchema(500),
    summary: optionalTextSchema(10_000),
    labels,
    attributes: optionalMetadata,
  }),
  answer: nodeShape,
});

export const deleteNode = defineOperation({
  id: "v3.graph.node.delete",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/graph/node/{nodeUuid}",
  summary: "Removes a node with its facts. A person's own node goes only with the person.",
  params: nodeParams,
  answer: successShape,
});

export const listNodeEdges = defineOperation({
  id: "graph.node.getEdges",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/node/{nodeUuid}/entity-edges",
  summary: "The facts that a node is an end of.",
  params: nodeParams,
  answer: z.array(edgeShape),
});

export const listNodeEpisodes = defineOperation({
  id: "graph.node.getEpisodes",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/node/{nodeUuid}/episodes",
  summary: "The episodes that mention a node, newest first.",
  params: nodeParams,
  answer: episodesShape,
});

export const listNeighbors = defineOperation({
  id: "v3.graph.node.getNeighbors",
  needs: ["graph:read"],
  method: "POST",
  path: "/graph/node/{nodeUuid}/neighbors",
  summary: "The nodes one fact away, each with the facts between.",
  params: nodeParams,
  body: z.object({ limit: optionalSchema(z.int().min(1).max(MOST_LISTED)) }),
  answer: z.array(z.object({ node: nodeShape, edges: z.array(edgeShape) })),
});

export const getEdge = defineOperation({
  id: "graph.edge.get",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/edge/{uuid}",
  summary: "One fact.",
  params: uuidParams,
  answer: edgeShape,
});

export const updateEdge = defineOperation({
  id: "v3.graph.edge.update",
  needs: ["graph:write", "graph:read"],
  method: "PATCH",
  path: "/graph/edge/{uuid}",
  summary: "Changes what is given of a fact; attributes are merged.",
  params: uuidParams,
  body: z
    .object({
      name: optionalOrBlankSchema(textSchema(200).pipe(relationSchema)),
      fact: optionalTextSchema(MAX_EPISODE_LENGTH),
      valid_at: optionalTime,
      invalid_at: optionalTime,
      expired_at: optionalTime,
      attributes: optionalMetadata,
    })
    .transform(
      (body): FactPatch => ({
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

export const deleteEdge = defineOperation({
  id: "graph.edge.delete",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/graph/edge/{uuid}",
  summary: "Removes a fact; the nodes it joined stay.",
  params: uuidParams,
  answer: successShape,
});

export const getEpisode = defineOperation({
  id: "graph.episode.get",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/episodes/{uuid}",
  summary: "One episode; `processed` says whether memory is done with it.",
  params: uuidParams,
  answer: episodeShape,
});

export const updateEpisode = defineOperation({
  id: "v3.graph.episode.update",
  needs: ["graph:write", "graph:read"],
  method: "PATCH",
  path: "/graph/episodes/{uuid}",
  summary: "Merges metadata into an episode's.",
  params: uuidParams,
  body: z.object({ metadata: metadataSchema }),
  answer: episodeShape,
});

export const deleteEpisode = defineOperation({
  id: "graph.episode.delete",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/graph/episodes/{uuid}",
  summary: "Removes an episode with the facts and nodes that rest on it alone.",
  params: uuidParams,
  answer: successShape,
});

export const getMentions = defineOperation({
  id: "graph.episode.getNodesAndEdges",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/episodes/{uuid}/mentions",
  summary: "The nodes an episode mentions and the facts that rest on it.",
  params: uuidParams,
  answer: z.object({ nodes: z.array(nodeShape), edges: z.array(edgeShape) }),
});
