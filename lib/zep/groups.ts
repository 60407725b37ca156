import { z } from "zod";
import { groupIdSchema } from "#lib/graph/schema.ts";
import type { GroupRow } from "#lib/groups/record.ts";
import type { PageRequest } from "#lib/pagination.ts";
import { textSchema } from "#lib/validation.ts";
import {
  count,
  defineOperation,
  factRatingInstruction,
  formatTime,
  metadata,
  optionalTextSchema,
  PAGE_PARAMS,
  presentCounts,
  successShape,
  toMapOrNone,
} from "#lib/zep/common.ts";

/** v2's group and v3's graph are the same thing under two names, so each answer carries both. */
const groupShape = z.object({
  uuid: z.string(),
  group_id: z.string(),
  graph_id: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  created_at: z.string(),
  updated_at: z.string(),
  project_uuid: z.string(),
  fact_rating_instruction: metadata.optional(),
  time_zone: z.string().optional(),
});

export function presentGroup(group: GroupRow): z.infer<typeof groupShape> {
  return {
    uuid: group.uuid,
    group_id: group.groupId ?? "",
    graph_id: group.groupId ?? "",
    name: group.name ?? undefined,
    description: group.description ?? undefined,
    created_at: formatTime(group.createdAt),
    updated_at: formatTime(group.updatedAt),
    project_uuid: group.projectUuid,
    fact_rating_instruction: toMapOrNone(group.factRatingInstruction),
    time_zone: group.timeZone ?? undefined,
  };
}

const fields = {
  name: optionalTextSchema(500),
  description: optionalTextSchema(10_000),
  fact_rating_instruction: factRatingInstruction,
  time_zone: optionalTextSchema(100),
};

function pickSettings(body: { fact_rating_instruction?: z.infer<typeof metadata>; time_zone?: string }) {
  return { factRatingInstruction: body.fact_rating_instruction, timeZone: body.time_zone };
}

function toNewGroup(groupId: string, { name, description, ...rest }: GroupFields) {
  return { groupId, name: name ?? null, description: description ?? null, ...pickSettings(rest) };
}

type GroupFields = z.infer<z.ZodObject<typeof fields>>;

const newGroup = z
  .object({ group_id: groupIdSchema, ...fields })
  .transform(({ group_id, ...rest }) => toNewGroup(group_id, rest));

const newGraph = z
  .object({ graph_id: groupIdSchema, ...fields })
  .transform(({ graph_id, ...rest }) => toNewGroup(graph_id, rest));

const patch = z
  .object(fields)
  .transform(({ name, description, ...rest }) => ({ name, description, ...pickSettings(rest) }));

const groupParams = z.object({ groupId: groupIdSchema });
const graphParams = z.object({ graphId: groupIdSchema });

export const addGroup = defineOperation({
  id: "group.add",
  needs: ["graph:write"],
  method: "POST",
  path: "/groups",
  summary: "Begins a graph without a person.",
  status: 201,
  body: newGroup,
  taken: ({ groupId }) => `Group already exists with group_id: ${groupId}`,
  answer: groupShape,
});

export const listGroups = defineOperation({
  id: "group.getAllGroups",
  needs: ["graph:read"],
  method: "GET",
  path: "/groups-ordered",
  summary: "A page of the project's groups, newest first.",
  query: z.object(PAGE_PARAMS),
  answer: z.object({ groups: z.array(groupShape), total_count: count, row_count: count }),
});

export function presentGroups(groups: GroupRow[], total: number): z.infer<typeof listGroups.answer> {
  return { groups: groups.map(presentGroup), ...presentCounts(total, groups) };
}

export const getGroup = defineOperation({
  id: "group.getGroup",
  needs: ["graph:read"],
  method: "GET",
  path: "/groups/{groupId}",
  summary: "The group with this id.",
  params: groupParams,
  answer: groupShape,
});

export const updateGroup = defineOperation({
  id: "group.update",
  needs: ["graph:write", "graph:read"],
  method: "PATCH",
  path: "/groups/{groupId}",
  summary: "Changes what is given; null, an empty text and absence leave a field as it is.",
  params: groupParams,
  body: patch,
  answer: groupShape,
});

export const deleteGroup = defineOperation({
  id: "group.delete",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/groups/{groupId}",
  summary: "Removes a group with all that its graph holds.",
  params: groupParams,
  answer: successShape,
});

export const createGraph = defineOperation({
  id: "v3.graph.create",
  needs: ["graph:write"],
  method: "POST",
  path: "/graph/create",
  summary: "Begins a graph without a person.",
  status: 201,
  body: newGraph,
  taken: ({ groupId }) => `Graph already exists with graph_id: ${groupId}`,
  answer: groupShape,
});

export const listGraphs = defineOperation({
  id: "v3.graph.listAll",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/list-all",
  summary: "A page of the project's graphs without a person, newest first.",
  query: z.object({ ...PAGE_PARAMS, search: textSchema(500).optional() }),
  answer: z.object({
    graphs: z.array(groupShape),
    total_count: count,
    row_count: count,
    page_number: count,
    page_size: count,
  }),
});

export function presentGraphs(
  graphs: GroupRow[],
  total: number,
  { page, size }: PageRequest,
): z.infer<typeof listGraphs.answer> {
  return { graphs: graphs.map(presentGroup), ...presentCounts(total, graphs), page_number: page, page_size: size };
}

export const getGraph = defineOperation({
  id: "v3.graph.get",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/{graphId}",
  summary: "The graph with this id.",
  params: graphParams,
  answer: groupShape,
});

export const updateGraph = defineOperation({
  id: "v3.graph.update",
  needs: ["graph:write", "graph:read"],
  method: "PATCH",
  path: "/graph/{graphId}",
  summary: "Changes what is given; null, an empty text and absence leave a field as it is.",
  params: graphParams,
  body: patch,
  answer: groupShape,
});

export const deleteGraph = defineOperation({
  id: "v3.graph.delete",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/graph/{graphId}",
  summary: "Removes a graph with all that it holds.",
  params: graphParams,
  answer: successShape,
});

export const warmGraph = defineOperation({
  id: "v3.graph.warm",
  needs: ["graph:read"],
  method: "GET",
  path: "/graph/{graphId}/warm",
  summary: "Nothing needs warming here; answers whether the graph is there.",
  params: graphParams,
  answer: successShape,
});
