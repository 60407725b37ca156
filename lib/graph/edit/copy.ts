import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { inGraph, ofGraph, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { type LockedGraph, lockGraphOf } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import type { GraphOwner } from "#lib/graph/schema.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { listIdentifiers } from "#lib/keys/hashes.ts";
import { refuseSuppressed } from "#lib/suppression/admit.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Copies a graph into an empty one of the same kind, which is made where there is none: nodes, facts, episodes and what
 * rests on what. Messages are copied as the episodes they became, without their sessions. A copy knows what it was copied
 * from, so that what is erased there is erased here.
 * @throws AppError `not_found`; `invalid` on `target` when it already holds something.
 */
export async function cloneGraph(actor: Actor, from: GraphOwner, to: GraphOwner): Promise<void> {
  authorize(actor, "graph:write");
  const { projectUuid } = actor;
  await runInTransaction(async (tx) => {
    const source = await lockGraphOf(tx, projectUuid, from);
    const target = await findOrMakeTarget(tx, projectUuid, to);
    const held = await tx.episode.count({ where: ofGraph(target) });
    const known = await tx.node.count({ where: { ...ofGraph(target), uuid: { not: target.uuid } } });
    if (target.uuid === source.uuid || held + known > 0)
      throw new AppError("invalid", "Nothing was copied.", { target: "The target's graph must be empty." });
    await copyAll(tx, source, target);
    await refreshSummary(tx, target, { nodes: new Set([target.uuid]), gone: [] });
    for (const graph of [source, target]) await recordGraphEvent(tx, actor, graph, "graph.cloned");
  });
}

async function findOrMakeTarget(tx: Tx, projectUuid: string, owner: GraphOwner): Promise<LockedGraph> {
  if ("userId" in owner) {
    await tx.user.createMany({ skipDuplicates: true, data: [{ projectUuid, userId: owner.userId }] });
    await refuseSuppressed(tx, { projectUuid }, listIdentifiers({ userId: owner.userId, email: null }));
  } else {
    await tx.graph.createMany({ skipDuplicates: true, data: [{ projectUuid, groupId: owner.groupId }] });
  }
  return lockGraphOf(tx, projectUuid, owner);
}

/** Each copy's uuid follows from the original's and the target's, so that the copies find each other. */
async function copyAll(tx: Tx, source: LockedGraph, target: LockedGraph): Promise<void> {
  const to = target.uuid;
  await tx.$executeRaw`
    INSERT INTO nodes (project_uuid, graph_uuid, uuid, name, labels, summary, summary_stated, attributes, created_at, origin_graph)
    SELECT project_uuid, ${to}::uuid, lethe_seeded_uuid(uuid::text || ${to}), name, labels, summary, summary_stated, attributes, created_at,
      coalesce(origin_graph, graph_uuid)
    FROM nodes WHERE ${inGraph(source)} AND uuid <> graph_uuid`;
  await tx.$executeRaw`
    INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, content, source_description, metadata, created_at,
      processed_at, failed_at, failure, dated, terms, words, role, role_type, utc_offset, withheld, unread_language, reader,
      origin_graph, origin_uuid)
    SELECT e.project_uuid, ${to}::uuid, lethe_seeded_uuid(e.uuid::text || ${to}), e.source,
      coalesce(e.content, m.content), e.source_description, coalesce(m.metadata, e.metadata), e.created_at,
      e.processed_at, e.failed_at, e.failure, e.dated, e.terms, e.words,
      coalesce(m.role, e.role), coalesce(m.role_type, e.role_type), e.utc_offset, e.withheld, e.unread_language, e.reader,
      coalesce(e.origin_graph, e.graph_uuid), coalesce(e.origin_uuid, e.uuid)
    FROM episodes e LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
    WHERE ${inGraph(source, "e")} ORDER BY e.seq`;
  const ends = Prisma.sql`
    SELECT *, CASE source_uuid WHEN graph_uuid THEN ${to}::uuid ELSE lethe_seeded_uuid(source_uuid::text || ${to}) END AS source,
      CASE target_uuid WHEN graph_uuid THEN ${to}::uuid ELSE lethe_seeded_uuid(target_uuid::text || ${to}) END AS target`;
  await tx.$executeRaw`
    INSERT INTO edges (project_uuid, graph_uuid, uuid, source_uuid, target_uuid, name, fact, template, attributes, rating, slot,
      confidence, extractor, superseded_by, valid_at, invalid_at, created_at, expired_at, terms)
    SELECT project_uuid, ${to}::uuid, lethe_seeded_uuid(uuid::text || ${to}), source, target, name, fact, template, attributes, rating,
      lethe_claim_slot(source, name, target, right(slot, 36) <> target_uuid::text, coalesce(template, fact)), confidence, extractor,
      lethe_seeded_uuid(superseded_by::text || ${to}), valid_at, invalid_at, created_at, expired_at, terms
    FROM (${ends} FROM edges WHERE ${inGraph(source)}) e`;
  await tx.$executeRaw`
    INSERT INTO claims (project_uuid, graph_uuid, uuid, episode_uuid, ordinal, edge_uuid, kind, source_uuid, target_uuid, name,
      fact, single, valid_at, invalid_at, expired_at, said_at, confidence, extractor, attributes, slot, identity)
    SELECT project_uuid, ${to}::uuid, lethe_seeded_uuid(uuid::text || ${to}), lethe_seeded_uuid(episode_uuid::text || ${to}), ordinal,
      lethe_seeded_uuid(edge_uuid::text || ${to}), kind, source, target, name, fact, single, valid_at, invalid_at, expired_at,
      said_at, confidence, extractor, attributes, lethe_claim_slot(source, name, target, single, fact), lethe_identity(source, name, target, fact)
    FROM (${ends} FROM claims WHERE ${inGraph(source)}) c`;
  await tx.$executeRaw`
    INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
    SELECT project_uuid, ${to}::uuid, lethe_seeded_uuid(uuid::text || ${to}), lethe_seeded_uuid(episode_uuid::text || ${to}),
      lethe_seeded_uuid(of_episode::text || ${to}), says, source_keys, target_keys
    FROM retractions WHERE ${inGraph(source)}`;
  await tx.$executeRaw`
    INSERT INTO node_names (project_uuid, graph_uuid, key, node_uuid)
    SELECT project_uuid, ${to}::uuid, key, CASE node_uuid WHEN graph_uuid THEN ${to}::uuid ELSE lethe_seeded_uuid(node_uuid::text || ${to}) END
    FROM node_names WHERE ${inGraph(source)}`;
  await tx.$executeRaw`
    INSERT INTO node_episodes (project_uuid, graph_uuid, node_uuid, episode_uuid)
    SELECT project_uuid, ${to}::uuid,
      CASE node_uuid WHEN graph_uuid THEN ${to}::uuid ELSE lethe_seeded_uuid(node_uuid::text || ${to}) END,
      lethe_seeded_uuid(episode_uuid::text || ${to})
    FROM node_episodes WHERE ${inGraph(source)}`;
}
