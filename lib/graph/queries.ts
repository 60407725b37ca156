import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, nullable, readRows, TEXT } from "#lib/db/rows.ts";
import { graphOf, inGraph, inProject, ofProject, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { buildFactConditions, buildNodeConditions } from "#lib/graph/filter.ts";
import { getGraphKey } from "#lib/graph/find.ts";
import { listEpisodesWhere, listFactsWhere, listNodesWhere } from "#lib/graph/readers.ts";
import { IS_WITHHELD } from "#lib/graph/rows.ts";
import type {
  EpisodeRow,
  FACT_ORDERS,
  FactRecord,
  GraphKey,
  GraphList,
  GraphOwner,
  NODE_ORDERS,
  NodeRow,
} from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The graph of a person or a group. @throws AppError `not_found`; `restricted` for an application. */
export async function getGraph(actor: Actor, owner: GraphOwner): Promise<GraphKey> {
  authorize(actor, "graph:read");
  const graph = await getGraphKey(db(), actor.projectUuid, owner);
  await refuseUse(actor, graph.uuid);
  return graph;
}

/**
 * What is known of somebody restricted is kept, and no application is told it (GDPR, Art. 18(2)). Operators are refused where they
 * look (`viewPeople`), and what is said in a conversation goes back to the application as it sent it.
 * @throws AppError `restricted`.
 */
async function refuseUse(actor: Actor, graphUuid: string): Promise<void> {
  if (actor.kind !== "api_key") return;
  if ((await db().restriction.count({ where: { ...ofProject(actor), userUuid: graphUuid } })) === 0) return;
  throw new AppError(
    "restricted",
    "This person is restricted: what is known of them is kept and not told, until their request is settled.",
  );
}

/** The node in the centre of a person's graph, which bears the person's uuid. @throws AppError `not_found`. */
export async function getUserNode(actor: Actor, userId: string): Promise<NodeRow> {
  authorize(actor, "graph:read");
  const { uuid } = await getGraph(actor, { userId });
  return getNode(actor, uuid);
}

/** @throws AppError `not_found`. */
export async function getNode(actor: Actor, uuid: string): Promise<NodeRow> {
  authorize(actor, "graph:read");
  const [node] = await listNodesWhere(actor, [Prisma.sql`n.uuid = ${uuid}::uuid`]);
  if (!node) throw new AppError("not_found", "There is no such node.");
  await refuseUse(actor, node.graphUuid);
  return node;
}

/** @throws AppError `not_found`. */
export async function getFactRecord(actor: Actor, uuid: string): Promise<FactRecord> {
  authorize(actor, "graph:read");
  const [edge] = await listFactsWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]);
  if (!edge) throw new AppError("not_found", "There is no such fact.");
  await refuseUse(actor, edge.graphUuid);
  return edge;
}

/** @throws AppError `not_found`. */
export async function getEpisode(actor: Actor, uuid: string): Promise<EpisodeRow> {
  authorize(actor, "graph:read");
  const [episode] = await listEpisodesWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]);
  if (!episode) throw new AppError("not_found", "There is no such episode.");
  await refuseUse(actor, episode.graphUuid);
  return episode;
}

/** A stretch of a graph's nodes, isolated ones included. Past the end it is empty. @throws AppError `not_found`. */
export async function listNodes(
  actor: Actor,
  owner: GraphOwner,
  list: GraphList<(typeof NODE_ORDERS)[number]>,
): Promise<NodeRow[]> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const key = list.order === "created" ? Prisma.sql`n.created_at` : Prisma.sql`n.uuid`;
  const seen =
    list.after &&
    Prisma.sql`(SELECT ${key}, n.uuid FROM nodes n WHERE ${inProject(graph, "n")} AND n.uuid = ${list.after}::uuid)`;
  const { condition, order } = buildKeysetPage(key, Prisma.sql`n.uuid`, seen, list);
  return listNodesWhere(
    actor,
    [Prisma.sql`n.graph_uuid = ${graph.uuid}::uuid`, condition, ...buildNodeConditions(list.filter)],
    order,
    list.limit,
  );
}

/** A stretch of a graph's facts, past ones included. Past the end it is empty. @throws AppError `not_found`. */
export async function listGraphFacts(
  actor: Actor,
  owner: GraphOwner,
  list: GraphList<(typeof FACT_ORDERS)[number]>,
): Promise<FactRecord[]> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const key = FACT_KEY[list.order ?? "uuid"];
  const seen =
    list.after &&
    Prisma.sql`(SELECT ${key}, e.uuid FROM edges e WHERE ${inProject(graph, "e")} AND e.uuid = ${list.after}::uuid)`;
  const { condition, order } = buildKeysetPage(key, Prisma.sql`e.uuid`, seen, list);
  return listFactsWhere(
    actor,
    [Prisma.sql`e.graph_uuid = ${graph.uuid}::uuid`, condition, ...buildFactConditions(list.filter)],
    order,
    list.limit,
  );
}

/** The facts of a graph that held at a moment: begun by then, and not over. @throws AppError `not_found`. */
export async function listFactsAsOf(actor: Actor, owner: GraphOwner, at: Date): Promise<FactRecord[]> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const held = Prisma.sql`(e.valid_at IS NULL OR e.valid_at <= ${at}) AND (e.invalid_at IS NULL OR e.invalid_at > ${at})`;
  return listFactsWhere(actor, [Prisma.sql`e.graph_uuid = ${graph.uuid}::uuid`, held]);
}

/** The last episodes of a graph, newest first. @throws AppError `not_found`. */
export async function listEpisodes(actor: Actor, owner: GraphOwner, last: number): Promise<EpisodeRow[]> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  return listEpisodesWhere(actor, [Prisma.sql`e.graph_uuid = ${graph.uuid}::uuid`], last);
}

/** The facts that a node is an end of. @throws AppError `not_found`. */
export async function listFactsOfNode(actor: Actor, nodeUuid: string): Promise<FactRecord[]> {
  authorize(actor, "graph:read");
  const { graphUuid } = await getNode(actor, nodeUuid);
  const ends = Prisma.sql`${nodeUuid}::uuid IN (e.source_uuid, e.target_uuid)`;
  return listFactsWhere(actor, [Prisma.sql`e.graph_uuid = ${graphUuid}::uuid`, ends]);
}

/** The episodes that mention a node, newest first. @throws AppError `not_found`. */
export async function listNodeEpisodes(actor: Actor, nodeUuid: string): Promise<EpisodeRow[]> {
  authorize(actor, "graph:read");
  const { graphUuid } = await getNode(actor, nodeUuid);
  const mentions = Prisma.sql`e.uuid IN (SELECT episode_uuid FROM node_episodes
    WHERE ${inGraph(graphOf(actor, graphUuid))} AND node_uuid = ${nodeUuid}::uuid)`;
  return listEpisodesWhere(actor, [Prisma.sql`e.graph_uuid = ${graphUuid}::uuid`, mentions]);
}

/** What an episode mentions: its nodes and the facts that rest on it. @throws AppError `not_found`. */
export async function getMentions(
  actor: Actor,
  episodeUuid: string,
): Promise<{ nodes: NodeRow[]; edges: FactRecord[] }> {
  authorize(actor, "graph:read");
  const { graphUuid } = await getEpisode(actor, episodeUuid);
  const link = Prisma.sql`${inGraph(graphOf(actor, graphUuid))} AND episode_uuid = ${episodeUuid}::uuid`;
  const [nodes, edges] = await Promise.all([
    listNodesWhere(actor, [
      Prisma.sql`n.graph_uuid = ${graphUuid}::uuid AND n.uuid IN (SELECT node_uuid FROM node_episodes WHERE ${link})`,
    ]),
    listFactsWhere(actor, [
      Prisma.sql`e.graph_uuid = ${graphUuid}::uuid AND e.uuid IN (SELECT edge_uuid FROM claims WHERE ${link})`,
    ]),
  ]);
  return { nodes, edges };
}

/** The facts that rest on what was said in a session. @throws AppError `restricted` for an application. */
export async function listFactsOfSession(
  actor: Actor,
  session: { uuid: string; userUuid: string },
): Promise<FactRecord[]> {
  authorize(actor, "graph:read");
  await refuseUse(actor, session.userUuid);
  const said = Prisma.sql`EXISTS (SELECT FROM claims l
    JOIN episodes s ON ${sameGraph("s", "l")} AND s.uuid = l.episode_uuid
    WHERE ${sameGraph("l", "e")} AND l.edge_uuid = e.uuid
      AND s.session_uuid = ${session.uuid}::uuid)`;
  return listFactsWhere(actor, [Prisma.sql`e.graph_uuid = ${session.userUuid}::uuid`, said]);
}

/** The episodes of one conversation, in the order in which they came. @throws AppError `restricted` for an application. */
export async function listSessionEpisodes(
  actor: Actor,
  session: { uuid: string; userUuid: string },
): Promise<EpisodeRow[]> {
  authorize(actor, "graph:read");
  await refuseUse(actor, session.userUuid);
  const rows = await listEpisodesWhere(actor, [Prisma.sql`e.session_uuid = ${session.uuid}::uuid`]);
  return rows.reverse();
}

const FACT_KEY = {
  uuid: Prisma.sql`e.uuid`,
  created: Prisma.sql`e.created_at`,
  valid: Prisma.sql`coalesce(e.valid_at, e.created_at)`,
} satisfies Record<(typeof FACT_ORDERS)[number], Prisma.Sql>;

/**
 * Keyset paging: selects the rows after the last item seen. If that item is unknown or was deleted, the list ends, unless
 * the order is by uuid.
 */
function buildKeysetPage(key: Prisma.Sql, uuid: Prisma.Sql, seen: Prisma.Sql | null | "", list: GraphList) {
  const beyond = list.direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  const way = list.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  if ((list.order ?? "uuid") === "uuid") {
    const condition = list.after ? Prisma.sql`${uuid} ${beyond} ${list.after}::uuid` : null;
    return { condition, order: Prisma.sql`${uuid} ${way}` };
  }
  return {
    condition: seen ? Prisma.sql`(${key}, ${uuid}) ${beyond} ${seen}` : null,
    order: Prisma.sql`${key} ${way}, ${uuid} ${way}`,
  };
}

/** What memory says of a message. */
export interface MessageMark {
  /** It is not to be remembered: it asks so, or a later one does. */
  withheld: boolean;
  /** The language of what was not read (ISO 639-1). */
  unreadLanguage: string | null;
}

/** What memory says of these messages, by their uuids. */
export async function listMessageMarks(actor: Actor, uuids: string[]): Promise<Map<string, MessageMark>> {
  authorize(actor, "transcripts:read");
  const found = await readRows({ uuid: TEXT, withheld: BOOLEAN, unreadLanguage: nullable(TEXT) })`
    SELECT e.message_uuid AS uuid, ${IS_WITHHELD} AS withheld, e.unread_language AS "unreadLanguage" FROM episodes e
    WHERE ${inProject(actor, "e")} AND e.message_uuid = ANY(${uuids}::uuid[])`;
  return new Map(found.map(({ uuid, ...mark }) => [uuid, mark]));
}

/** Which of these episodes of a person are not to be remembered: they ask so, or a later one does. */
export async function listWithheldEpisodes(actor: Actor, userUuid: string, uuids: string[]): Promise<Set<string>> {
  authorize(actor, "graph:read");
  const found = await readRows({ uuid: TEXT })`
    SELECT e.uuid FROM episodes e
    WHERE ${inGraph(graphOf(actor, userUuid), "e")} AND e.uuid = ANY(${uuids}::uuid[]) AND ${IS_WITHHELD}`;
  return new Set(found.map(({ uuid }) => uuid));
}
