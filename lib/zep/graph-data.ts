import { z } from "zod";
import type { StatedFactRows } from "#lib/graph/edit/state.ts";
import {
  DATA_SOURCES,
  type GraphOwner,
  groupIdSchema,
  MAX_EPISODE_LENGTH,
  MAX_EPISODES,
  MAX_SOURCE_DESCRIPTION,
  type NewEpisode,
  relationSchema,
  type StatedFact,
} from "#lib/graph/schema.ts";
import { isJson } from "#lib/json.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { textSchema } from "#lib/validation.ts";
import {
  defineOperation,
  optionalMetadata,
  optionalOrBlankSchema,
  optionalSchema,
  optionalTextSchema,
  optionalTime,
  optionalUuid,
  pastTime,
  spokenTime,
} from "#lib/zep/common.ts";
import { edgeShape, episodeShape, nodeShape, presentEdge, presentNode } from "#lib/zep/graph-shapes.ts";
import { ownerFields, parseOwner } from "#lib/zep/owner.ts";

const episodeFields = {
  data: textSchema(MAX_EPISODE_LENGTH),
  type: z.enum(DATA_SOURCES),
  created_at: spokenTime,
  source_description: optionalTextSchema(MAX_SOURCE_DESCRIPTION),
  metadata: optionalMetadata,
};

const episodeBody = z.object(episodeFields);

/** Text marked as JSON must be JSON. Otherwise nothing could be read from it. */
function requireJson({ type, data }: { data: string; type: string }, context: z.RefinementCtx): void {
  if (type !== "json" || isJson(data)) return;
  context.addIssue({ code: "custom", path: ["data"], message: "Is not valid JSON, though its type says so." });
}

export function toNewEpisode(body: z.infer<typeof episodeBody>, named: string): NewEpisode {
  return {
    uuid: named,
    source: body.type,
    content: body.data,
    sourceDescription: body.source_description ?? null,
    metadata: body.metadata,
    createdAt: body.created_at?.at ?? new Date(),
    utcOffset: body.created_at?.utcOffset ?? null,
  };
}

export const addData = defineOperation({
  id: "graph.add",
  needs: ["graph:write"],
  method: "POST",
  path: "/graph",
  summary: "Adds a text, a piece of JSON or a message to a person's or a group's graph, as an episode.",
  status: 202,
  body: z
    .object({ ...episodeFields, ...ownerFields })
    .superRefine(requireJson)
    .transform((body, context) => ({ owner: parseOwner(body, context), episode: body })),
  answer: episodeShape,
});

export const addBatch = defineOperation({
  id: "graph.addBatch",
  needs: ["graph:write"],
  method: "POST",
  path: "/graph-batch",
  summary: `Adds at most ${MAX_EPISODES} episodes in the order given, all of them or none.`,
  status: 202,
  body: z
    .object({
      episodes: z
        .array(episodeBody.superRefine(requireJson))
        .min(1, "Must not be empty.")
        .max(MAX_EPISODES, `At most ${MAX_EPISODES} episodes in one call.`),
      ...ownerFields,
    })
    .transform((body, context) => ({ owner: parseOwner(body, context), episodes: body.episodes })),
  answer: z.array(episodeShape),
});

export const labels = optionalSchema(z.array(textSchema(100)).max(20));

export const addFactTriple = defineOperation({
  id: "graph.addFactTriple",
  needs: ["graph:write", "graph:read"],
  method: "POST",
  path: "/graph/add-fact-triple",
  summary: "States a fact between two nodes, which are found by uuid or name and made where they are missing.",
  body: z
    .object({
      fact: textSchema(MAX_EPISODE_LENGTH).min(1, "Must not be empty."),
      fact_name: textSchema(200).pipe(relationSchema),
      fact_uuid: optionalUuid,
      source_node_name: optionalTextSchema(500),
      source_node_uuid: optionalUuid,
      source_node_summary: optionalTextSchema(10_000),
      source_node_labels: labels,
      source_node_attributes: optionalMetadata,
      target_node_name: optionalTextSchema(500),
      target_node_uuid: optionalUuid,
      target_node_summary: optionalTextSchema(10_000),
      target_node_labels: labels,
      target_node_attributes: optionalMetadata,
      edge_attributes: optionalMetadata,
      created_at: pastTime,
      valid_at: optionalTime,
      invalid_at: optionalTime,
      expired_at: optionalTime,
      ...ownerFields,
    })
    .superRefine((body, context) => {
      if (!body.target_node_name && !body.target_node_uuid)
        context.addIssue({ code: "custom", path: ["target_node_name"], message: "Must not be empty." });
    })
    .transform((body, context) => ({ owner: parseOwner(body, context), triple: body })),
  answer: z.object({ edge: edgeShape, source_node: nodeShape, target_node: nodeShape }),
});

export function toStatedFact(triple: TripleBody, idempotencyKey: string): StatedFact {
  return {
    idempotencyKey,
    uuid: triple.fact_uuid,
    name: triple.fact_name,
    fact: triple.fact,
    source: {
      uuid: triple.source_node_uuid,
      name: triple.source_node_name,
      summary: triple.source_node_summary,
      labels: triple.source_node_labels,
      attributes: triple.source_node_attributes,
    },
    target: {
      uuid: triple.target_node_uuid,
      name: triple.target_node_name,
      summary: triple.target_node_summary,
      labels: triple.target_node_labels,
      attributes: triple.target_node_attributes,
    },
    attributes: triple.edge_attributes,
    createdAt: triple.created_at ?? new Date(),
    validAt: triple.valid_at ?? null,
    invalidAt: triple.invalid_at ?? null,
    expiredAt: triple.expired_at ?? null,
  };
}

export function presentStatedFact({ edge, source, target }: StatedFactRows): z.infer<typeof addFactTriple.answer> {
  return { edge: presentEdge(edge), source_node: presentNode(source), target_node: presentNode(target) };
}

type TripleBody = z.infer<typeof addFactTriple.body>["triple"];

const cloneIds = {
  source_user_id: optionalOrBlankSchema(userIdSchema),
  target_user_id: optionalOrBlankSchema(userIdSchema),
  source_group_id: optionalOrBlankSchema(groupIdSchema),
  target_group_id: optionalOrBlankSchema(groupIdSchema),
  source_graph_id: optionalOrBlankSchema(groupIdSchema),
  target_graph_id: optionalOrBlankSchema(groupIdSchema),
};

export const cloneGraph = defineOperation({
  id: "graph.clone",
  needs: ["graph:write"],
  method: "POST",
  path: "/graph/clone",
  summary: "Copies a person's or a group's graph into an empty one, which is made where it is missing.",
  body: z.object(cloneIds).transform((body, context) => {
    const group = body.source_group_id ?? body.source_graph_id;
    const targetGroup = body.target_group_id ?? body.target_graph_id;
    if ((body.source_user_id === undefined) === (group === undefined))
      context.addIssue({ code: "custom", path: ["source_user_id"], message: "Give exactly one source." });
    if (body.source_user_id === undefined ? body.target_user_id : targetGroup)
      context.addIssue({
        code: "custom",
        path: ["target_user_id"],
        message: "Must be of the same kind as the source.",
      });
    return { sourceUser: body.source_user_id, targetUser: body.target_user_id, sourceGroup: group ?? "", targetGroup };
  }),
  answer: z.object({
    user_id: z.string().optional(),
    group_id: z.string().optional(),
    graph_id: z.string().optional(),
  }),
});

/** The copy, by the names that its kind goes by. */
export function presentCopy(target: GraphOwner): z.infer<typeof cloneGraph.answer> {
  return "userId" in target ? { user_id: target.userId } : { group_id: target.groupId, graph_id: target.groupId };
}

export const addNodes = defineOperation({
  id: "v3.graph.addNodes",
  needs: ["graph:write", "graph:read"],
  method: "POST",
  path: "/graph/nodes",
  summary: "Adds nodes without facts; one of the same name that is there already takes what is given.",
  body: z
    .object({
      nodes: z
        .array(
          z.object({
            name: textSchema(500).min(1, "Must not be empty."),
            label: optionalTextSchema(100),
            summary: optionalTextSchema(10_000),
            attributes: optionalMetadata,
          }),
        )
        .min(1, "Must not be empty.")
        .max(100),
      ...ownerFields,
    })
    .transform((body, context) => ({
      owner: parseOwner(body, context),
      nodes: body.nodes.map(({ label, ...node }) => ({ ...node, labels: label ? [label] : undefined })),
    })),
  answer: z.object({ nodes: z.array(nodeShape) }),
});
