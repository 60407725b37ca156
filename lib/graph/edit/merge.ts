import { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { BOOLEAN, readRows, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inGraph, inProject, ofGraph, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { editByHand } from "#lib/graph/edit/edit-by-hand.ts";
import { type LockedGraph, lockHolder } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";
import { type Metadata, mergeMetadata, metadataSchema } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What the edit's episode says. */
export const MERGED = "Two nodes were made one.";

const nodeSchema = z.object({
  labels: z.array(z.string()),
  attributes: metadataSchema.catch({}),
  summary: z.string(),
  summaryStated: z.boolean(),
});

/** What two nodes were before they were made one, by their ids and keys: what goes meanwhile does not come back by it. */
const beforeSchema = z.object({
  kept: nodeSchema,
  gone: nodeSchema.extend({ name: z.string(), createdAt: z.iso.datetime() }),
  /** The claims about the one that went, and at which end it stood. */
  claims: z.array(z.object({ uuid: z.string(), isSource: z.boolean(), isTarget: z.boolean() })),
  names: z.array(z.string()),
  /** The episodes that mention it; `added` are those that had not mentioned the other. */
  mentions: z.array(z.string()),
  added: z.array(z.string()),
});
type Before = z.infer<typeof beforeSchema>;

/**
 * Makes two nodes one: facts, mentions and names of `gone` become those of `kept`, now and whenever `gone` is spoken of
 * again. @returns the edit's uuid, by which it can be taken back.
 * @throws AppError `not_found`; `invalid` for nodes of two graphs, one node twice, or the user's own as `gone`.
 */
export async function mergeNodes(actor: Actor, kept: string, gone: string): Promise<string> {
  authorize(actor, "graph:write");
  const { projectUuid } = actor;
  return runInTransaction(async (tx) => {
    const findNode = (uuid: string) => tx.node.findUnique({ where: byUuid(actor, uuid) });
    const { graph, row: one } = await lockHolder(tx, projectUuid, "node", () => findNode(kept));
    const other = await findNode(gone);
    if (!other || other.graphUuid !== graph.uuid) throw new AppError("not_found", "There is no such node.");
    if (kept === gone || gone === graph.centre)
      throw new AppError("invalid", "Nothing was merged.", { gone: "Must be another node, and not the user's own." });
    const createdAt = other.createdAt.toISOString();
    const rests = await listRests(tx, graph, kept, gone);
    const before = beforeSchema.parse({ kept: one, gone: { ...other, createdAt }, ...rests });
    const edit = await editByHand(tx, graph, undefined, MERGED, () => replaceNode(tx, graph, kept, gone));
    const labels = [...new Set([...one.labels, ...other.labels])];
    const attributes = toJsonInput(mergeMetadata(other.attributes, metadataSchema.catch({}).parse(one.attributes)));
    const told = !one.summaryStated && other.summaryStated ? { summary: other.summary, summaryStated: true } : {};
    await tx.node.update({ where: byUuid(actor, kept), data: { labels, attributes, ...told } });
    await startReweaving(tx);
    await tx.node.delete({ where: byUuid(actor, gone) });
    const made = { ...ofGraph(graph), episodeUuid: edit, keptUuid: kept, goneUuid: gone };
    await tx.nodeMerge.create({ data: { ...made, before: toJsonInput(before) } });
    await recordGraphEvent(tx, actor, graph, "node.merged", { nodes: 2 });
    return edit;
  });
}

/** Makes a node one with the one that bears this name in its graph. @throws AppError as `mergeNodes`; `invalid` where none does. */
export async function mergeNodeIntoNamed(actor: Actor, gone: string, name: string): Promise<string> {
  authorize(actor, "graph:write");
  const [found] = await readRows({ uuid: TEXT })`
    SELECT named.node_uuid AS uuid FROM nodes n
    JOIN node_names named ON ${sameGraph("named", "n")} AND named.key = lethe_key(${name})
    WHERE ${inProject(actor, "n")} AND n.uuid = ${gone}::uuid AND named.node_uuid <> n.uuid`;
  if (!found) throw new AppError("invalid", "Nothing was merged.", { name: "Nothing else here is called that." });
  return mergeNodes(actor, found.uuid, gone);
}

/** What rests on a node, and what of its mentions the other has not. */
async function listRests(tx: Tx, graph: LockedGraph, kept: string, gone: string) {
  const own = inGraph(graph);
  const claims = await readRowsIn(tx, { uuid: TEXT, isSource: BOOLEAN, isTarget: BOOLEAN })`
    SELECT uuid, source_uuid = ${gone}::uuid AS "isSource", target_uuid = ${gone}::uuid AS "isTarget" FROM claims
    WHERE ${own} AND ${gone}::uuid IN (source_uuid, target_uuid) ORDER BY uuid`;
  const names = await readRowsIn(tx, { key: TEXT })`
    SELECT key FROM node_names WHERE ${own} AND node_uuid = ${gone}::uuid ORDER BY key`;
  const mentions = await readRowsIn(tx, { uuid: TEXT, isShared: BOOLEAN })`
    SELECT episode_uuid AS uuid, EXISTS (SELECT FROM node_episodes k WHERE ${inGraph(graph, "k")} AND k.node_uuid = ${kept}::uuid
      AND k.episode_uuid = m.episode_uuid) AS "isShared" FROM node_episodes m
    WHERE ${inGraph(graph, "m")} AND m.node_uuid = ${gone}::uuid ORDER BY 1`;
  return {
    claims,
    names: names.map(({ key }) => key),
    mentions: mentions.map(({ uuid }) => uuid),
    added: mentions.filter(({ isShared }) => !isShared).map(({ uuid }) => uuid),
  };
}

/** Puts one node where the other stood. @returns the slots that the claims were in and are in now. */
async function replaceNode(tx: Tx, graph: LockedGraph, kept: string, gone: string): Promise<string[]> {
  const own = inGraph(graph);
  const replaceUuid = (column: Prisma.Sql) =>
    Prisma.sql`CASE ${column} WHEN ${gone}::uuid THEN ${kept}::uuid ELSE ${column} END`;
  const of = Prisma.sql`${own} AND ${gone}::uuid IN (source_uuid, target_uuid)`;
  const slots = await putEnds(tx, of, replaceUuid(Prisma.sql`source_uuid`), replaceUuid(Prisma.sql`target_uuid`));
  await tx.$executeRaw`
    INSERT INTO node_episodes (project_uuid, graph_uuid, node_uuid, episode_uuid)
    SELECT project_uuid, graph_uuid, ${kept}::uuid, episode_uuid FROM node_episodes WHERE ${own} AND node_uuid = ${gone}::uuid
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`UPDATE node_names SET node_uuid = ${kept}::uuid WHERE ${own} AND node_uuid = ${gone}::uuid`;
  return slots;
}

/** Sets both ends of some claims. @returns the slots that they were in and are in now. */
async function putEnds(tx: Tx, of: Prisma.Sql, source: Prisma.Sql, target: Prisma.Sql): Promise<string[]> {
  const before = await readRowsIn(tx, { slot: TEXT })`SELECT DISTINCT slot FROM claims WHERE ${of}`;
  const after = await readRowsIn(tx, { slot: TEXT })`
    UPDATE claims SET source_uuid = ${source}, target_uuid = ${target}, slot = lethe_claim_slot(${source}, name, ${target}, single, fact),
      identity = lethe_identity(${source}, name, ${target}, fact) WHERE ${of} RETURNING slot`;
  return [...new Set([...before, ...after].map(({ slot }) => slot))];
}

/**
 * Makes two nodes again of what an edit had made one: what was about the one that went is about it again, if it is still there.
 * What was said since stays with the other.
 * @throws AppError `invalid` where the other is gone as well.
 */
export async function partNodes(tx: Tx, graph: LockedGraph, edit: string): Promise<void> {
  const merge = await tx.nodeMerge.findUnique({
    where: { projectUuid_graphUuid_episodeUuid: { ...ofGraph(graph), episodeUuid: edit } },
  });
  if (!merge) throw new AppError("invalid", "This cannot be taken back any more: one of the two is gone.");
  const { keptUuid: kept, goneUuid: gone } = merge;
  const before = beforeSchema.parse(merge.before);
  const { name, createdAt, attributes, ...told } = before.gone;
  await tx.node.create({
    data: { ...ofGraph(graph), uuid: gone, name, createdAt, ...told, attributes: toJsonInput(attributes) },
  });
  const own = inGraph(graph);
  await tx.$executeRaw`
    UPDATE node_names SET node_uuid = ${gone}::uuid
    WHERE ${own} AND node_uuid = ${kept}::uuid AND key = ANY(${before.names}::text[])`;
  await tx.$executeRaw`
    INSERT INTO node_episodes (project_uuid, graph_uuid, node_uuid, episode_uuid)
    SELECT project_uuid, graph_uuid, ${gone}::uuid, uuid FROM episodes WHERE ${own} AND uuid = ANY(${before.mentions}::uuid[])
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    DELETE FROM node_episodes WHERE ${own} AND node_uuid = ${kept}::uuid AND episode_uuid = ANY(${before.added}::uuid[])`;
  await restoreKept(tx, graph, kept, before);
  const listAt = (end: "isSource" | "isTarget") => before.claims.filter((claim) => claim[end]).map(({ uuid }) => uuid);
  const putBack = (column: Prisma.Sql, claims: string[]) =>
    Prisma.sql`CASE WHEN uuid = ANY(${claims}::uuid[]) AND ${column} = ${kept}::uuid THEN ${gone}::uuid ELSE ${column} END`;
  const slots = await putEnds(
    tx,
    Prisma.sql`${own} AND uuid = ANY(${before.claims.map(({ uuid }) => uuid)}::uuid[])`,
    putBack(Prisma.sql`source_uuid`, listAt("isSource")),
    putBack(Prisma.sql`target_uuid`, listAt("isTarget")),
  );
  const settled = await rebuildFacts(tx, graph, slots);
  await refreshSummary(tx, graph, { ...settled, nodes: new Set([...settled.nodes, kept, gone]) });
}

/** Takes from the node that stayed what it had only from the other. */
async function restoreKept(tx: Tx, graph: LockedGraph, uuid: string, { kept, gone }: Before): Promise<void> {
  const where = byUuid(graph, uuid);
  const now = nodeSchema.parse(await tx.node.findUniqueOrThrow({ where }));
  const labels = now.labels.filter((label) => kept.labels.includes(label) || !gone.labels.includes(label));
  const attributes: Metadata = Object.fromEntries(
    Object.entries(now.attributes).filter(([key]) => key in kept.attributes || !(key in gone.attributes)),
  );
  const isTold = !kept.summaryStated && gone.summaryStated && now.summary === gone.summary;
  const told = isTold ? { summary: kept.summary, summaryStated: false } : {};
  await tx.node.update({ where, data: { labels, attributes: toJsonInput(attributes), ...told } });
}
