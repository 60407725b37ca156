import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction, rows, type Tx } from "#lib/db/client.ts";
import { jsonInput } from "#lib/db/json.ts";
import { byUuid, graphOf, inGraph, inProject, ofGraph, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { refuseBackwards, written } from "#lib/graph/edit/checks.ts";
import { type LockedGraph, lockHolder } from "#lib/graph/lock.ts";
import { note } from "#lib/graph/note.ts";
import { edgesWhere } from "#lib/graph/readers.ts";
import type { EdgePatch, EdgeRow } from "#lib/graph/schema.ts";
import { retell } from "#lib/graph/summary/refresh.ts";
import { addClaims, COUNTS, retract } from "#lib/graph/write/claims.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { addMentions, dropUnmentioned } from "#lib/graph/write/mentions.ts";
import { settle } from "#lib/graph/write/settle.ts";
import { isOfSingle, isSingle } from "#lib/relations.ts";
import { derivedUuid, newUuid } from "#lib/uuid.ts";
import { mergeMetadata, metadataSchema } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Changes what the patch names; attributes are merged. What the fact was drawn from counts no more, however often it is
 * read again. A fact that ends is believed no longer. @throws AppError `not_found`, `invalid`.
 */
export async function patchEdge(actor: Actor, uuid: string, patch: EdgePatch): Promise<EdgeRow> {
  authorize(actor, "graph:write");
  const saved = await inTransaction(async (tx) => {
    const { graph, row, session } = await lockFact(tx, actor, uuid);
    const told = await toldOf(tx, graph, uuid);
    const { name = row.name, fact = row.fact, validAt = told.validAt, invalidAt = told.invalidAt } = patch;
    refuseBackwards(validAt, invalidAt);
    const attributes = mergeMetadata(row.attributes, patch.attributes ?? {});
    const expiredAt = patch.expiredAt ?? null;
    const { sourceUuid, targetUuid } = row;
    const single = name === row.name ? isOfSingle(row) : isSingle(name);
    let claimUuid = "";
    await byHand(tx, graph, session, "A fact was corrected.", async (episodeUuid) => {
      await retract(tx, graph, episodeUuid, Prisma.sql`edge_uuid = ${uuid}::uuid`);
      await addMentions(
        tx,
        graph,
        [sourceUuid, targetUuid].map((node) => ({ node, episode: episodeUuid })),
      );
      claimUuid = derivedUuid(episodeUuid, "claim");
      const says = { name, fact, single, validAt, invalidAt, expiredAt, attributes, sourceUuid, targetUuid };
      const made = { uuid: claimUuid, episodeUuid, edgeUuid: uuid, saidAt: told.saidAt };
      const claim = { ...says, ...made, kind: "holds" as const, confidence: 1, extractor: "stated" as const };
      return [row.slot, ...(await addClaims(tx, graph, [claim]))];
    });
    await note(tx, actor, graph, "fact.updated", { fields: Object.keys(patch), relation: row.name });
    // Corrected to what another fact says already, it is part of that one now.
    const where = { ...ofGraph(graph), uuid: claimUuid };
    const claim = await tx.claim.findUnique({
      where: { projectUuid_graphUuid_uuid: where },
      select: { edgeUuid: true },
    });
    return claim?.edgeUuid ?? uuid;
  });
  return written(await edgesWhere(actor, [Prisma.sql`e.uuid = ${saved}::uuid`]));
}

/** Ends a fact at a time. Of a single-valued relation, what it had ended stays ended. @throws AppError `not_found`, `invalid`. */
export async function invalidateEdge(actor: Actor, uuid: string, at: Date): Promise<EdgeRow> {
  authorize(actor, "graph:write");
  await inTransaction(async (tx) => {
    const { graph, row, session } = await lockFact(tx, actor, uuid);
    refuseBackwards(row.validAt, at);
    await byHand(tx, graph, session, "A fact was ended.", async (episodeUuid) => {
      const { name, fact, sourceUuid, targetUuid } = row;
      const ends = {
        kind: "ends" as const,
        edgeUuid: uuid,
        name,
        fact,
        sourceUuid,
        targetUuid,
        single: isOfSingle(row),
      };
      const times = { validAt: null, invalidAt: at, confidence: 1, extractor: "stated" as const };
      return addClaims(tx, graph, [{ ...ends, ...times, uuid: derivedUuid(episodeUuid, "claim"), episodeUuid }]);
    });
    await note(tx, actor, graph, "fact.updated", { fields: ["invalidAt"], relation: row.name });
  });
  return written(await edgesWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]));
}

/**
 * Removes a fact with all that was claimed for it; what it had ended runs on. The nodes it joined stay (wire contract,
 * 4.4), and so do the words it was drawn from, but reading them again does not bring it back. @throws AppError `not_found`.
 */
export async function eraseEdge(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await inTransaction(async (tx) => {
    const { graph, row, session, sources } = await lockFact(tx, actor, uuid);
    const claimed = { ...ofGraph(graph), edgeUuid: uuid };
    await byHand(tx, graph, session, "A fact was deleted.", async (episodeUuid) => {
      await retract(tx, graph, episodeUuid, Prisma.sql`edge_uuid = ${uuid}::uuid`);
      await tx.$executeRaw`
        UPDATE episodes SET content = 'A fact was deleted.', terms = NULL, words = 0, dated = FALSE
        WHERE ${inGraph(graph)} AND source = 'fact_triple'
          AND uuid IN (SELECT episode_uuid FROM claims WHERE ${inGraph(graph)}
            AND edge_uuid = ${uuid}::uuid)`;
      await tx.claim.deleteMany({ where: claimed });
      return [row.slot];
    });
    await dropUnmentioned(tx, graph, [row.sourceUuid, row.targetUuid]);
    await note(tx, actor, graph, "fact.erased", { facts: 1, relation: row.name, sources });
  });
}

/**
 * Removes a node with its facts; reading again does not bring those back. The person's own node goes only with the person.
 * @throws AppError `not_found`, `invalid`.
 */
export async function eraseNode(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await inTransaction(async (tx) => {
    const where = byUuid(actor, uuid);
    const { graph } = await lockHolder(tx, actor.projectUuid, "node", () => tx.node.findUnique({ where }));
    if (graph.centre === uuid) throw new AppError("invalid", "The user's own node is deleted with the user.");
    const touching = {
      ...ofGraph(graph),
      OR: [{ sourceUuid: uuid }, { targetUuid: uuid }],
    };
    const facts = await tx.edge.count({ where: touching });
    await byHand(tx, graph, undefined, "A node was deleted.", async (episodeUuid) => {
      await retract(tx, graph, episodeUuid, Prisma.sql`${uuid}::uuid IN (source_uuid, target_uuid)`);
      const claims = await tx.claim.findMany({ where: touching, distinct: ["slot"], select: { slot: true } });
      await tx.claim.deleteMany({ where: touching });
      return claims.map(({ slot }) => slot);
    });
    await tx.node.delete({ where });
    await note(tx, actor, graph, "node.erased", { facts, nodes: 1 });
  });
}

/**
 * Makes two nodes one: facts, mentions and names of `gone` become those of `kept`, now and whenever `gone` is spoken of
 * again. @throws AppError `not_found`; `invalid` for nodes of two graphs, one node twice, or the user's own as `gone`.
 */
export async function mergeNodes(actor: Actor, kept: string, gone: string): Promise<void> {
  authorize(actor, "graph:write");
  const { projectUuid } = actor;
  await inTransaction(async (tx) => {
    const find = (uuid: string) => tx.node.findUnique({ where: byUuid(actor, uuid) });
    const { graph, row: one } = await lockHolder(tx, projectUuid, "node", () => find(kept));
    const other = await find(gone);
    if (!other || other.graphUuid !== graph.uuid) throw new AppError("not_found", "There is no such node.");
    if (kept === gone || gone === graph.centre)
      throw new AppError("invalid", "Nothing was merged.", { gone: "Must be another node, and not the user's own." });
    await byHand(tx, graph, undefined, "Two nodes were made one.", () => rename(tx, graph, kept, gone));
    const labels = [...new Set([...one.labels, ...other.labels])];
    const attributes = jsonInput(mergeMetadata(other.attributes, metadataSchema.catch({}).parse(one.attributes)));
    const told = !one.summaryStated && other.summaryStated ? { summary: other.summary, summaryStated: true } : {};
    await tx.node.update({
      where: byUuid(actor, kept),
      data: { labels, attributes, ...told },
    });
    await tx.node.delete({ where: byUuid(actor, gone) });
    await note(tx, actor, graph, "node.merged", { nodes: 2 });
  });
}

/** Makes a node one with the one that bears this name in its graph. @throws AppError as `mergeNodes`; `invalid` where none does. */
export async function mergeIntoNamed(actor: Actor, gone: string, name: string): Promise<void> {
  authorize(actor, "graph:write");
  const [found] = await rows<{ uuid: string }>(Prisma.sql`
    SELECT named.node_uuid AS uuid FROM nodes n
    JOIN node_names named ON ${sameGraph("named", "n")} AND named.key = lethe_key(${name})
    WHERE ${inProject(actor, "n")} AND n.uuid = ${gone}::uuid AND named.node_uuid <> n.uuid`);
  if (!found) throw new AppError("invalid", "Nothing was merged.", { name: "Nothing else here is called that." });
  await mergeNodes(actor, found.uuid, gone);
}

/** Puts one node where the other stood. @returns the slots that the claims were in and are in now. */
async function rename(tx: Tx, graph: LockedGraph, kept: string, gone: string): Promise<string[]> {
  const own = inGraph(graph);
  const instead = (column: Prisma.Sql) =>
    Prisma.sql`CASE ${column} WHEN ${gone}::uuid THEN ${kept}::uuid ELSE ${column} END`;
  const [source, target] = [instead(Prisma.sql`source_uuid`), instead(Prisma.sql`target_uuid`)];
  const of = Prisma.sql`${own} AND ${gone}::uuid IN (source_uuid, target_uuid)`;
  const before = await tx.$queryRaw<{ slot: string }[]>`SELECT DISTINCT slot FROM claims WHERE ${of}`;
  const after = await tx.$queryRaw<{ slot: string }[]>`
    UPDATE claims SET source_uuid = ${source}, target_uuid = ${target}, slot = lethe_slot(${source}, name, ${target}, single),
      identity = lethe_identity(${source}, name, ${target}, fact) WHERE ${of} RETURNING slot`;
  await tx.$executeRaw`
    INSERT INTO node_episodes (project_uuid, graph_uuid, node_uuid, episode_uuid)
    SELECT project_uuid, graph_uuid, ${kept}::uuid, episode_uuid FROM node_episodes WHERE ${own} AND node_uuid = ${gone}::uuid
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`UPDATE node_names SET node_uuid = ${kept}::uuid WHERE ${own} AND node_uuid = ${gone}::uuid`;
  return [...new Set([...before, ...after].map(({ slot }) => slot))];
}

/**
 * An edit by hand is an episode of its own: what it says rests on it, and goes when it is deleted. It repeats no fact. An
 * edit of what one conversation brought belongs to that conversation and goes with it.
 */
async function byHand(
  tx: Tx,
  graph: LockedGraph,
  session: string | undefined,
  content: string,
  edit: (episodeUuid: string) => Promise<string[]>,
): Promise<void> {
  const uuid = newUuid();
  const episode = { uuid, source: "correction" as const, content, sourceDescription: "edited by hand" };
  await appendEpisodes(tx, graph, [{ ...episode, createdAt: new Date() }], session);
  await retell(tx, graph, await settle(tx, graph, await edit(uuid)));
}

/**
 * What was told of a fact's times, which is less than what follows from other facts: that another one ended it is not
 * told. When it was first said keeps its place among them.
 */
async function toldOf(tx: Tx, graph: LockedGraph, edgeUuid: string) {
  const [told] = await tx.$queryRaw<{ validAt: Date | null; invalidAt: Date | null; saidAt: Date | null }[]>`
    SELECT min(c.valid_at) AS "validAt", min(coalesce(c.said_at, e.created_at)) AS "saidAt",
      min(CASE c.kind WHEN 'ends' THEN coalesce(c.invalid_at, e.created_at) ELSE c.invalid_at END) AS "invalidAt"
    FROM claims c JOIN episodes e ON ${sameGraph("e", "c")} AND e.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "c")} AND c.edge_uuid = ${edgeUuid}::uuid AND ${COUNTS}`;
  return told ?? { validAt: null, invalidAt: null, saidAt: null };
}

/** Takes the graph of a fact. @returns also the fact, what kinds of episodes brought it, and its one conversation if it was one. */
async function lockFact(tx: Tx, actor: Actor, uuid: string) {
  const { projectUuid } = actor;
  const where = byUuid(actor, uuid);
  const { graph, row } = await lockHolder(tx, projectUuid, "fact", () => tx.edge.findUnique({ where }));
  const claimed = { ...ofGraph(graphOf(actor, graph.uuid)), edgeUuid: uuid };
  const episodes = await tx.episode.findMany({
    where: { ...ofGraph(graphOf(actor, graph.uuid)), claims: { some: claimed } },
    distinct: ["sessionUuid", "source"],
    select: { sessionUuid: true, source: true },
  });
  const [only, ...others] = new Set(episodes.map(({ sessionUuid }) => sessionUuid));
  const sources = [...new Set(episodes.map(({ source }) => source))].sort();
  return { graph, row, sources, session: others.length === 0 ? (only ?? undefined) : undefined };
}
