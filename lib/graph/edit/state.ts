import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inGraph, ofGraph, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { refuseBackwardsInterval } from "#lib/graph/edit/checks.ts";
import { findOrMakeNode, makeTakenError } from "#lib/graph/edit/stated-node.ts";
import { type LockedGraph, lockGraph, lockGraphOf } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { listFactsWhere, listNodesWhere } from "#lib/graph/readers.ts";
import type { FactRecord, GraphOwner, NewEpisode, NodeRow, StatedFact, StatedNode } from "#lib/graph/schema.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { addClaims } from "#lib/graph/write/claims.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { addMentions } from "#lib/graph/write/mentions.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { isInSingleValuedSlot, isSingleValued } from "#lib/relations.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A stated fact as it stands afterwards. */
export interface StatedFactRows {
  edge: FactRecord;
  source: NodeRow;
  target: NodeRow;
}

/**
 * Writes a fact that a caller states outright, with an episode of its own as its provenance. Nodes are found by uuid or
 * name and made where they are missing; a fact that says the same of the same two nodes gains the episode instead of
 * being doubled. @throws AppError `not_found`; `invalid` when a uuid is taken elsewhere or the times run backwards.
 */
export async function stateFact(actor: Actor, owner: GraphOwner, fact: StatedFact): Promise<StatedFactRows> {
  authorize(actor, "graph:write");
  authorize(actor, "graph:read");
  const writing = runInTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    const stated = await storeStatedFact(tx, graph, fact);
    await recordGraphEvent(tx, actor, graph, "fact.stated", { facts: 1 });
    return stated;
  });
  const { edgeUuid, sourceUuid, targetUuid } = await refuseTakenKey(writing, { uuid: "Belongs to something else." });
  const [[edge], nodes] = await Promise.all([
    listFactsWhere(actor, [Prisma.sql`e.uuid = ${edgeUuid}::uuid`]),
    listNodesWhere(actor, [Prisma.sql`n.uuid IN (${sourceUuid}::uuid, ${targetUuid}::uuid)`]),
  ]);
  const [source, target] = [sourceUuid, targetUuid].map((uuid) => nodes.find((node) => node.uuid === uuid));
  if (!edge || !source || !target) throw new AppError("not_found", "Someone has removed this meanwhile.");
  return { edge, source, target };
}

/** The same for facts about the person of a session, kept with the session. @throws AppError `not_found`. */
export async function stateSessionFacts(actor: Actor, sessionId: string, facts: StatedFact[]): Promise<void> {
  authorize(actor, "graph:write");
  await runInTransaction(async (tx) => {
    const { projectUuid } = actor;
    const where = { projectUuid_sessionId: { ...ofProject(actor), sessionId } };
    const session = await tx.session.findUnique({ where, select: { uuid: true, userUuid: true } });
    if (!session) throw makeNoSessionError();
    const graph = await lockGraph(tx, { projectUuid, uuid: session.userUuid });
    if ((await tx.session.count({ where: { ...ofProject(actor), uuid: session.uuid } })) === 0)
      throw makeNoSessionError();
    for (const fact of facts) await storeStatedFact(tx, graph, fact, session.uuid);
    await recordGraphEvent(tx, actor, graph, "fact.stated", { facts: facts.length });
  });
}

/** Adds nodes without facts, or finds those of the same name, with an episode as their provenance. @returns them in the order given. */
export async function addNodes(
  actor: Actor,
  owner: GraphOwner,
  nodes: StatedNode[],
  idempotencyKey: string,
): Promise<NodeRow[]> {
  authorize(actor, "graph:write");
  authorize(actor, "graph:read");
  const uuids = await runInTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    const made: string[] = [];
    for (const [index, node] of nodes.entries())
      made.push(await findOrMakeNode(tx, graph, node, deriveUuid(idempotencyKey, `node ${index}`), "name"));
    const content = nodes.map(({ name = "", summary }) => (summary ? `${name}: ${summary}` : name)).join("\n");
    await appendEpisodes(tx, graph, [makeStatedEpisode(idempotencyKey, content, new Date())]);
    await addMentions(
      tx,
      graph,
      made.map((node) => ({ node, episode: idempotencyKey })),
    );
    await recordGraphEvent(tx, actor, graph, "node.added", { nodes: made.length });
    return made;
  });
  const rows = await listNodesWhere(actor, [Prisma.sql`n.uuid = ANY(${uuids}::uuid[])`]);
  return uuids.flatMap((uuid) => rows.find((row) => row.uuid === uuid) ?? []);
}

async function storeStatedFact(tx: Tx, graph: LockedGraph, fact: StatedFact, sessionUuid?: string) {
  refuseBackwardsInterval(fact.validAt, fact.invalidAt);
  const { idempotencyKey, createdAt, validAt, invalidAt } = fact;
  const named = fact.uuid ? await findNamedFact(tx, graph, fact.uuid) : null;
  // A fact found by its uuid keeps its nodes; new details are added to them.
  const [source, target] = named
    ? [
        { ...fact.source, uuid: named.sourceUuid },
        { ...fact.target, uuid: named.targetUuid },
      ]
    : [fact.source, fact.target];
  const sourceUuid = await findOrMakeNode(tx, graph, source, deriveUuid(idempotencyKey, "source"), "sourceNodeName");
  const targetUuid = await findOrMakeNode(tx, graph, target, deriveUuid(idempotencyKey, "target"), "targetNodeName");
  const episodeUuid = deriveUuid(idempotencyKey, "episode");
  await appendEpisodes(tx, graph, [makeStatedEpisode(episodeUuid, fact.fact, createdAt)], sessionUuid);
  const ends = { sourceUuid, targetUuid };
  const known = named ?? (await findSameFact(tx, graph, { ...ends, name: fact.name, fact: fact.fact }));
  if (known) refuseBackwardsInterval(validAt ?? known.validAt, invalidAt ?? known.invalidAt);
  const words = known ? { name: known.name, fact: known.template ?? known.fact } : { name: fact.name, fact: fact.fact };
  const claim = {
    uuid: deriveUuid(episodeUuid, "claim"),
    episodeUuid,
    edgeUuid: known?.uuid ?? fact.uuid ?? idempotencyKey,
    kind: "holds" as const,
    ...ends,
    name: words.name,
    fact: words.fact,
    single: known ? isInSingleValuedSlot(known) : isSingleValued(fact.name),
    validAt: validAt ?? (invalidAt && known ? known.validAt : null),
    invalidAt,
    expiredAt: fact.expiredAt,
    confidence: 1,
    extractor: "stated" as const,
    attributes: fact.attributes,
  };
  const mentions = [sourceUuid, targetUuid].map((node) => ({ node, episode: episodeUuid }));
  await addMentions(tx, graph, mentions);
  await refreshSummary(tx, graph, await rebuildFacts(tx, graph, await addClaims(tx, graph, [claim])));
  const where = { ...ofGraph(graph), uuid: claim.uuid };
  const { edgeUuid } = await tx.claim.findUniqueOrThrow({ where: { projectUuid_graphUuid_uuid: where } });
  return { edgeUuid: edgeUuid ?? claim.edgeUuid, ...ends };
}

/** The provenance of what is stated outright: an episode that says it. */
function makeStatedEpisode(uuid: string, content: string, createdAt: Date): NewEpisode {
  return { uuid, source: "fact_triple", content, sourceDescription: "stated outright", createdAt };
}

/** The fact that is there under this uuid. @throws AppError `invalid` when it is another graph's. */
async function findNamedFact(tx: Tx, graph: LockedGraph, uuid: string) {
  const named = await tx.edge.findUnique({ where: byUuid(graph, uuid) });
  if (named && named.graphUuid !== graph.uuid) throw makeTakenError("factUuid");
  return named;
}

/** A fact that says the same of the same nodes and is still believed. */
async function findSameFact(
  tx: Tx,
  graph: LockedGraph,
  fact: { name: string; fact: string; sourceUuid: string; targetUuid: string },
) {
  const [same] = await readRowsIn(tx, { uuid: TEXT })`
    SELECT uuid FROM edges WHERE ${inGraph(graph)}
      AND source_uuid = ${fact.sourceUuid}::uuid AND target_uuid = ${fact.targetUuid}::uuid
      AND name = ${fact.name} AND lethe_fold(fact) = lethe_fold(${fact.fact}) AND expired_at IS NULL
    ORDER BY created_at LIMIT 1`;
  return same ? tx.edge.findUnique({ where: byUuid(graph, same.uuid) }) : null;
}

function makeNoSessionError(): AppError {
  return new AppError("not_found", "There is no such session.");
}
