import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction } from "#lib/db/client.ts";
import { optionalJson } from "#lib/db/json.ts";
import { AppError } from "#lib/errors.ts";
import { appendEpisodes } from "#lib/graph/episodes.ts";
import { forgetEpisodes, forgetNode } from "#lib/graph/forget.ts";
import { labelled } from "#lib/graph/labels.ts";
import { lockGraphOf, lockHolder } from "#lib/graph/lock.ts";
import { note } from "#lib/graph/note.ts";
import { edgesWhere, episodesWhere, nodesWhere } from "#lib/graph/readers.ts";
import type { EdgeRow, EpisodeRow, NodeRow } from "#lib/graph/rows.ts";
import type { EdgePatch, GraphOwner, NewEpisode, NodePatch } from "#lib/graph/schema.ts";
import { refuseBackwards } from "#lib/graph/stating.ts";
import { type Metadata, mergeMetadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Adds data to a person's or a group's graph, in the order given. A repeat adds nothing. @throws AppError `not_found`. */
export async function addEpisodes(actor: Actor, owner: GraphOwner, episodes: NewEpisode[]): Promise<EpisodeRow[]> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    await appendEpisodes(tx, graph, episodes);
    await note(tx, actor, graph, "episodes.added", { episodes: episodes.length });
  });
  const uuids = episodes.map(({ uuid }) => uuid);
  const stored = await episodesWhere(actor, [Prisma.sql`e.uuid = ANY(${uuids}::uuid[])`]);
  return stored.sort((a, b) => uuids.indexOf(a.uuid) - uuids.indexOf(b.uuid));
}

/** Sets an episode's metadata, merged into what it has. @throws AppError `not_found`. */
export async function patchEpisode(actor: Actor, uuid: string, metadata: Metadata): Promise<EpisodeRow> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "episode", () => tx.episode.findUnique({ where }));
    await tx.episode.update({ where, data: { metadata: optionalJson(mergeMetadata(row.metadata, metadata)) } });
    await note(tx, actor, graph, "episode.updated", { fields: ["metadata"] });
  });
  return written(await episodesWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]));
}

/**
 * Removes an episode with the facts and nodes that rest on it alone. Of a message's episode goes what memory made of it;
 * the words stay in their session. @throws AppError `not_found`.
 */
export async function eraseEpisode(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph } = await lockHolder(tx, actor.projectUuid, "episode", () => tx.episode.findUnique({ where }));
    await note(tx, actor, graph, "episode.erased", { ...(await forgetEpisodes(tx, graph, [uuid])) });
  });
}

/** Removes a fact; the nodes it joined stay. @throws AppError `not_found`. */
export async function eraseEdge(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph } = await lockHolder(tx, actor.projectUuid, "fact", () => tx.edge.findUnique({ where }));
    await tx.edge.delete({ where });
    await note(tx, actor, graph, "fact.erased", { facts: 1 });
  });
}

/** Removes a node with its facts. The person's own node goes only with the person. @throws AppError `not_found`, `invalid`. */
export async function eraseNode(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph } = await lockHolder(tx, actor.projectUuid, "node", () => tx.node.findUnique({ where }));
    if (graph.centre === uuid) throw new AppError("invalid", "The user's own node is deleted with the user.");
    await note(tx, actor, graph, "node.erased", { ...(await forgetNode(tx, graph, uuid)) });
  });
}

/** Changes what the patch names; attributes are merged. @throws AppError `not_found`. */
export async function patchNode(actor: Actor, uuid: string, patch: NodePatch): Promise<NodeRow> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "node", () => tx.node.findUnique({ where }));
    const attributes = patch.attributes && mergeMetadata(row.attributes, patch.attributes);
    const labels = patch.labels && labelled(graph, uuid, patch.labels);
    await tx.node.update({ where, data: { ...patch, labels, attributes: optionalJson(attributes) } });
    await note(tx, actor, graph, "node.updated", { fields: Object.keys(patch) });
  });
  return written(await nodesWhere(actor, [Prisma.sql`n.uuid = ${uuid}::uuid`]));
}

/** Changes what the patch names; attributes are merged. A fact that ends is believed no longer. @throws AppError `not_found`, `invalid`. */
export async function patchEdge(actor: Actor, uuid: string, patch: EdgePatch): Promise<EdgeRow> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const where = { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } };
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "fact", () => tx.edge.findUnique({ where }));
    const [validAt, invalidAt] = [patch.validAt ?? row.validAt, patch.invalidAt ?? row.invalidAt];
    refuseBackwards(validAt, invalidAt);
    const expiredAt = patch.expiredAt ?? row.expiredAt ?? (invalidAt ? new Date() : null);
    const attributes = patch.attributes && mergeMetadata(row.attributes, patch.attributes);
    await tx.edge.update({ where, data: { ...patch, expiredAt, attributes: optionalJson(attributes) } });
    await note(tx, actor, graph, "fact.updated", { fields: Object.keys(patch) });
  });
  return written(await edgesWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]));
}

/** What was just written, as it is now. @throws AppError `not_found` when someone has removed it since. */
function written<Row>([row]: Row[]): Row {
  if (!row) throw new AppError("not_found", "Someone has removed this meanwhile.");
  return row;
}
