import { z } from "zod";
import { type FACT_ORDERS, groupIdSchema, MOST_LISTED, type NODE_ORDERS } from "#lib/graph/schema.ts";
import {
  choiceSchema,
  defineOperation,
  optionalOrBlankSchema,
  optionalSchema,
  optionalUuid,
  wholeNumberSchema,
} from "#lib/zep/common.ts";
import { searchFilters } from "#lib/zep/graph-search.ts";
import { edgeShape, episodesShape, nodeShape } from "#lib/zep/graph-shapes.ts";
import { userParams } from "#lib/zep/users.ts";

const NODE_ORDER = {
  uuid: "uuid",
  created_at: "created",
} as const satisfies Record<string, (typeof NODE_ORDERS)[number]>;

const FACT_ORDER = { ...NODE_ORDER, valid_at: "valid" } as const satisfies Record<string, (typeof FACT_ORDERS)[number]>;

/** The body of a list: an empty cursor is none, and both names of the cursor are the last item's uuid (wire contract, 2.3). */
function makeListBody<const Order>(orders: Record<string, Order>) {
  return z
    .object({
      limit: optionalSchema(z.int().min(1).max(MOST_LISTED)),
      uuid_cursor: optionalUuid,
      cursor: optionalUuid,
      direction: optionalOrBlankSchema(z.enum(["asc", "desc"])),
      order_by: optionalOrBlankSchema(choiceSchema(orders), `Must be one of ${Object.keys(orders).join(", ")}.`),
      filters: searchFilters,
    })
    .transform((body) => ({
      limit: body.limit ?? 100,
      after: body.cursor ?? body.uuid_cursor ?? null,
      direction: body.direction ?? ("desc" as const),
      order: body.order_by,
      filter: body.filters,
    }));
}

/** Tells v3's client how to go on: the cursor is the last item's uuid, and there is none at the end. */
export function setCursor(headers: Headers, items: { uuid: string }[], limit: number): void {
  const last = items.at(-1);
  if (last && items.length === limit) headers.set("Zep-Next-Cursor", last.uuid);
}

const groupParams = z.object({ groupId: groupIdSchema });
const graphParams = z.object({ graphId: groupIdSchema });

const nodeList = {
  method: "POST",
  needs: ["graph:read"],
  summary: "A stretch of the graph's nodes, isolated ones included; empty past the end. `Zep-Next-Cursor` leads on.",
  body: makeListBody(NODE_ORDER),
  answer: z.array(nodeShape),
} as const;

export const listUserNodes = defineOperation({
  ...nodeList,
  id: "graph.node.getByUserId",
  path: "/graph/node/user/{userId}",
  params: userParams,
});
export const listGroupNodes = defineOperation({
  ...nodeList,
  id: "graph.node.getByGroupId",
  path: "/graph/node/group/{groupId}",
  params: groupParams,
});
export const listGraphNodes = defineOperation({
  ...nodeList,
  id: "v3.graph.node.getByGraphId",
  path: "/graph/node/graph/{graphId}",
  params: graphParams,
});

const edgeList = {
  method: "POST",
  needs: ["graph:read"],
  summary:
    "A stretch of the graph's facts, past ones included, and of what was said (relation SAID, quoted); empty past the end. `Zep-Next-Cursor` leads on.",
  body: makeListBody(FACT_ORDER),
  answer: z.array(edgeShape),
} as const;

export const listUserEdges = defineOperation({
  ...edgeList,
  id: "graph.edge.getByUserId",
  path: "/graph/edge/user/{userId}",
  params: userParams,
});
export const listGroupEdges = defineOperation({
  ...edgeList,
  id: "graph.edge.getByGroupId",
  path: "/graph/edge/group/{groupId}",
  params: groupParams,
});
export const listGraphEdges = defineOperation({
  ...edgeList,
  id: "v3.graph.edge.getByGraphId",
  path: "/graph/edge/graph/{graphId}",
  params: graphParams,
});

const episodeList = {
  needs: ["graph:read"],
  method: "GET",
  summary: "The last episodes of the graph, newest first.",
  query: z.object({ lastn: wholeNumberSchema(1, MOST_LISTED).optional() }),
  answer: episodesShape,
} as const;

export const listUserEpisodes = defineOperation({
  ...episodeList,
  id: "graph.episode.getByUserId",
  path: "/graph/episodes/user/{userId}",
  params: userParams,
});
export const listGroupEpisodes = defineOperation({
  ...episodeList,
  id: "graph.episode.getByGroupId",
  path: "/graph/episodes/group/{groupId}",
  params: groupParams,
});
export const listGraphEpisodes = defineOperation({
  ...episodeList,
  id: "v3.graph.episode.getByGraphId",
  path: "/graph/episodes/graph/{graphId}",
  params: graphParams,
});
