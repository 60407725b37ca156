import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction, type Tx } from "#lib/db/client.ts";
import { optionalJson } from "#lib/db/json.ts";
import { AppError } from "#lib/errors.ts";
import { type LockedGraph, lockGraph, lockGraphOf } from "#lib/graph/lock.ts";
import { note } from "#lib/graph/note.ts";
import { edgesWhere, nodesWhere } from "#lib/graph/readers.ts";
import type { EdgeRow, NodeRow } from "#lib/graph/rows.ts";
import type { GraphOwner, StatedFact, StatedNode } from "#lib/graph/schema.ts";
import { derivedUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A stated fact as it stands afterwards. */
export interface StatedRows {
  edge: EdgeRow;
  source: NodeRow;
  target: NodeRow;
}

/**
 * Writes a fact that a caller states outright, with an episode of its own as its provenance. Nodes are found by uuid or
 * name and made where they are missing; a fact that says the same of the same two nodes gains the episode instead of
 * being doubled. @throws AppError `not_found`; `invalid` when a uuid is taken elsewhere or the times run backwards.
 */
export async function stateFact(actor: Actor, owner: GraphOwner, fact: StatedFact): Promise<StatedRows> {
  authorize(actor, "graph:write");
  const { edgeUuid, sourceUuid, targetUuid } = await inTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    const stated = await state(tx, graph, fact);
    await note(tx, actor, graph, "fact.stated", { facts: 1 });
    return stated;
  });
  const [[edge], nodes] = await Promise.all([
    edgesWhere(actor, [Prisma.sql`e.uuid = ${edgeUuid}::uuid`]),
    nodesWhere(actor, [Prisma.sql`n.uuid IN (${sourceUuid}::uuid, ${targetUuid}::uuid)`]),
  ]);
  const [source, target] = [sourceUuid, targetUuid].map((uuid) => nodes.find((node) => node.uuid === uuid));
  if (!edge || !source || !target) throw new AppError("not_found", "Someone has removed this meanwhile.");
  return { edge, source, target };
}

/** The same for facts about the person of a session, kept with the session. @throws AppError `not_found`. */
export async function stateSessionFacts(actor: Actor, sessionId: string, facts: StatedFact[]): Promise<void> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const { projectUuid } = actor;
    const where = { projectUuid_sessionId: { projectUuid, sessionId } };
    const session = await tx.session.findUnique({ where, select: { uuid: true, userUuid: true } });
    if (!session) throw new AppError("not_found", "There is no such session.");
    const graph = await lockGraph(tx, { projectUuid, uuid: session.userUuid });
    for (const fact of facts) await state(tx, graph, fact, session.uuid);
    await note(tx, actor, graph, "fact.stated", { facts: facts.length });
  });
}

/** Adds nodes without facts, or finds those of the same name. @returns them in the order given. */
export async function addNodes(actor: Actor, owner: GraphOwner, nodes: StatedNode[], seed: string): Promise<NodeRow[]> {
  authorize(actor, "graph:write");
  const uuids = await inTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    const made: string[] = [];
    for (const [index, node] of nodes.entries())
      made.push(await findOrMakeNode(tx, graph, node, derivedUuid(seed, `node ${index}`), "name"));
    await note(tx, actor, graph, "node.added", { nodes: made.length });
    return made;
  });
  const rows = await nodesWhere(actor, [Prisma.sql`n.uuid = ANY(${uuids}::uuid[])`]);
  return uuids.flatMap((uuid) => rows.find((row) => row.uuid === uuid) ?? []);
}

async function state(tx: Tx, graph: LockedGraph, fact: StatedFact, sessionUuid?: string) {
  refuseBackwards(fact.validAt, fact.invalidAt);
  const place = { projectUuid: graph.projectUuid, graphUuid: graph.uuid };
  const { source, target, uuid, name, createdAt, validAt, invalidAt } = fact;
  const sourceUuid = await findOrMakeNode(tx, graph, source, derivedUuid(uuid, "source"), "source_node_name");
  const targetUuid = await findOrMakeNode(tx, graph, target, derivedUuid(uuid, "target"), "target_node_name");
  const episodeUuid = derivedUuid(uuid, "episode");
  const told = { source: "fact_triple" as const, sourceDescription: "fact triple", content: fact.fact };
  await tx.episode.createMany({
    skipDuplicates: true,
    data: [{ ...place, ...told, uuid: episodeUuid, sessionUuid, createdAt, processedAt: new Date() }],
  });
  const edgeUuid = (await findSameFact(tx, graph, { uuid, name, fact: fact.fact, sourceUuid, targetUuid })) ?? uuid;
  const expiredAt = fact.expiredAt ?? (invalidAt ? new Date() : null);
  await tx.edge.createMany({
    skipDuplicates: true,
    data: [
      {
        ...place,
        ...{ uuid: edgeUuid, sourceUuid, targetUuid, name, fact: fact.fact, createdAt, validAt, invalidAt, expiredAt },
        attributes: optionalJson(fact.attributes),
      },
    ],
  });
  await tx.edgeEpisode.createMany({ skipDuplicates: true, data: [{ ...place, edgeUuid, episodeUuid }] });
  const nodes = [...new Set([sourceUuid, targetUuid])];
  await tx.nodeEpisode.createMany({
    skipDuplicates: true,
    data: nodes.map((nodeUuid) => ({ ...place, nodeUuid, episodeUuid })),
  });
  return { edgeUuid, sourceUuid, targetUuid };
}

/** A fact that is there already: under this uuid, or saying the same of the same nodes and still believed. */
async function findSameFact(
  tx: Tx,
  graph: LockedGraph,
  fact: { uuid: string; name: string; fact: string; sourceUuid: string; targetUuid: string },
): Promise<string | null> {
  const { projectUuid } = graph;
  const named = await tx.edge.findUnique({ where: { projectUuid_uuid: { projectUuid, uuid: fact.uuid } } });
  if (named && named.graphUuid !== graph.uuid) throw taken("fact_uuid");
  if (named) return named.uuid;
  const [same] = await tx.$queryRaw<{ uuid: string }[]>`
    SELECT uuid FROM edges WHERE project_uuid = ${projectUuid}::uuid AND graph_uuid = ${graph.uuid}::uuid
      AND source_uuid = ${fact.sourceUuid}::uuid AND target_uuid = ${fact.targetUuid}::uuid
      AND name = ${fact.name} AND lethe_fold(fact) = lethe_fold(${fact.fact}) AND expired_at IS NULL
    ORDER BY created_at LIMIT 1`;
  return same?.uuid ?? null;
}

async function findOrMakeNode(
  tx: Tx,
  graph: LockedGraph,
  node: StatedNode,
  freshUuid: string,
  field: string,
): Promise<string> {
  const { projectUuid, uuid: graphUuid } = graph;
  const { uuid: named, name, ...given } = node;
  const data = { ...given, attributes: optionalJson(node.attributes) };
  const known = named
    ? await tx.node.findUnique({ where: { projectUuid_uuid: { projectUuid, uuid: named } } })
    : await nodeNamed(tx, graph, name);
  if (known && known.graphUuid !== graphUuid) throw taken(field.replace("name", "uuid"));
  if (known) {
    const where = { projectUuid_uuid: { projectUuid, uuid: known.uuid } };
    if (Object.values(data).some((value) => value !== undefined)) await tx.node.update({ where, data });
    return known.uuid;
  }
  if (!name)
    throw new AppError("invalid", "A node needs a name.", { [field]: "Is needed for a node that is not there yet." });
  const labels = ["Entity", ...(node.labels ?? []).filter((label) => label !== "Entity")];
  const uuid = named ?? freshUuid;
  await tx.node.create({ data: { ...data, labels, projectUuid, graphUuid, uuid, name } });
  return uuid;
}

/** Names are compared without case and accents; no name means the person whose graph it is. */
async function nodeNamed(tx: Tx, { projectUuid, uuid, centre }: LockedGraph, name: string | undefined) {
  if (!name) return centre ? { uuid: centre, graphUuid: uuid } : null;
  const [found] = await tx.$queryRaw<{ uuid: string; graphUuid: string }[]>`
    SELECT uuid, graph_uuid AS "graphUuid" FROM nodes
    WHERE project_uuid = ${projectUuid}::uuid AND graph_uuid = ${uuid}::uuid AND lethe_fold(name) = lethe_fold(${name})
    ORDER BY uuid = graph_uuid DESC, created_at, uuid LIMIT 1`;
  return found ?? null;
}

function taken(field: string): AppError {
  return new AppError("invalid", "Belongs to another graph.", { [field]: "Belongs to another graph." });
}

/** @throws AppError `invalid` for a fact that would end before it begins. */
export function refuseBackwards(validAt: Date | null, invalidAt: Date | null): void {
  if (validAt && invalidAt && invalidAt < validAt)
    throw new AppError("invalid", "A fact cannot end before it begins.", { invalidAt: "Must not be before valid_at." });
}
