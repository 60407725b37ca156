import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { nullable, readRowsIn, TIME } from "#lib/db/rows.ts";
import { byUuid, graphOf, inGraph, ofGraph, ofProject, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { getWrittenRow, refuseBackwardsInterval, refuseHeld } from "#lib/graph/edit/checks.ts";
import { editByHand } from "#lib/graph/edit/edit-by-hand.ts";
import { forgetEpisodes } from "#lib/graph/edit/forget.ts";
import { MERGED, partNodes } from "#lib/graph/edit/merge.ts";
import { type LockedGraph, lockHolder } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { listFactsWhere } from "#lib/graph/readers.ts";
import type { FactPatch, FactRecord } from "#lib/graph/schema.ts";
import { addClaims, CLAIM_COUNTS, type NewClaim, retractClaims } from "#lib/graph/write/claims.ts";
import { addMentions, deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";
import { isInSingleValuedSlot, isSingleValued } from "#lib/relations.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { mergeMetadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Changes the fields that the patch names; attributes are merged. The claims behind the fact are retracted, so reading their
 * episodes again does not undo the change. A fact that ends gets `expired_at`.
 * @throws AppError `not_found`, `invalid`.
 */
export async function updateFactFields(actor: Actor, uuid: string, patch: FactPatch): Promise<FactRecord> {
  authorize(actor, "graph:read");
  const { saved } = await editFactFields(actor, uuid, patch);
  return getWrittenRow(await listFactsWhere(actor, [Prisma.sql`e.uuid = ${saved}::uuid`]));
}

/** As `updateFactFields`. @returns the fact's uuid, which is another one's where both say the same now, and the edit's. */
async function editFactFields(actor: Actor, uuid: string, patch: FactPatch): Promise<{ saved: string; edit: string }> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const locked = await lockFact(tx, actor, uuid);
    const { graph, row } = locked;
    const told = await findStatedTimes(tx, graph, uuid);
    const { name = row.name, fact = row.template ?? row.fact, ...times } = patch;
    const { validAt = told.validAt, invalidAt = told.invalidAt, expiredAt = told.expiredAt } = times;
    refuseBackwardsInterval(validAt, invalidAt);
    const attributes = mergeMetadata(row.attributes, patch.attributes ?? {});
    const { sourceUuid, targetUuid } = row;
    const single = name === row.name ? isInSingleValuedSlot(row) : isSingleValued(name);
    const says = { name, fact, single, attributes, sourceUuid, targetUuid, edgeUuid: uuid };
    const { edit, claimUuid } = await replaceClaims(tx, locked, async () => ({
      ...says,
      ...{ validAt, invalidAt, expiredAt, saidAt: told.saidAt },
    }));
    await recordGraphEvent(tx, actor, graph, "fact.updated", { fields: Object.keys(patch), relation: row.name });
    // After the correction it says the same as another fact, so it has become part of that one.
    const where = { ...ofGraph(graph), uuid: claimUuid };
    const claim = await tx.claim.findUnique({
      where: { projectUuid_graphUuid_uuid: where },
      select: { edgeUuid: true },
    });
    return { saved: claim?.edgeUuid ?? uuid, edit };
  });
}

/** What an edit by hand says of a fact. */
export type Says = Omit<NewClaim, "uuid" | "episodeUuid" | "kind" | "confidence" | "extractor"> &
  Partial<Pick<NewClaim, "kind">>;

/** Lets what a fact was drawn from count no more for it, and says in an edit by hand what is so instead. */
export async function replaceClaims(
  tx: Tx,
  { graph, row, session }: LockedFact,
  say: (episodeUuid: string) => Promise<Says>,
): Promise<{ edit: string; claimUuid: string }> {
  let claimUuid = "";
  const edit = await editByHand(tx, graph, session, "A fact was corrected.", async (episodeUuid) => {
    await retractClaims(tx, graph, episodeUuid, Prisma.sql`edge_uuid = ${row.uuid}::uuid`);
    const says = await say(episodeUuid);
    const mentioned = [says.sourceUuid, says.targetUuid].map((node) => ({ node, episode: episodeUuid }));
    await addMentions(tx, graph, mentioned);
    claimUuid = deriveUuid(episodeUuid, "claim");
    const made = { uuid: claimUuid, episodeUuid, kind: "holds" as const, confidence: 1, extractor: "stated" as const };
    return [row.slot, ...(await addClaims(tx, graph, [{ ...made, ...says }]))];
  });
  return { edit, claimUuid };
}

/**
 * Ends a fact at a time. Of a single-valued relation, what it had ended stays ended. @returns the edit's uuid.
 * @throws AppError `not_found`, `invalid`.
 */
export async function invalidateFact(actor: Actor, uuid: string, at: Date): Promise<string> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const { graph, row, session } = await lockFact(tx, actor, uuid);
    refuseBackwardsInterval(row.validAt, at);
    const edit = await editByHand(tx, graph, session, "A fact was ended.", async (episodeUuid) => {
      const { name, sourceUuid, targetUuid } = row;
      const fact = row.template ?? row.fact;
      const ends = {
        kind: "ends" as const,
        edgeUuid: uuid,
        name,
        fact,
        sourceUuid,
        targetUuid,
        single: isInSingleValuedSlot(row),
      };
      const times = { validAt: null, invalidAt: at, confidence: 1, extractor: "stated" as const };
      return addClaims(tx, graph, [{ ...ends, ...times, uuid: deriveUuid(episodeUuid, "claim"), episodeUuid }]);
    });
    await recordGraphEvent(tx, actor, graph, "fact.updated", { fields: ["invalidAt"], relation: row.name });
    return edit;
  });
}

/**
 * Says that a fact was never so: what it was drawn from counts no more for it, and a fact that it had ended holds again. The
 * claims stay, so that undoing this brings the fact back. @returns the edit's uuid. @throws AppError `not_found`.
 */
export async function refuteFact(actor: Actor, uuid: string): Promise<string> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const { graph, row, session, sources } = await lockFact(tx, actor, uuid);
    const edit = await editByHand(tx, graph, session, "A fact was said to be wrong.", async (episodeUuid) => {
      await retractClaims(tx, graph, episodeUuid, Prisma.sql`edge_uuid = ${uuid}::uuid`);
      return [row.slot];
    });
    await recordGraphEvent(tx, actor, graph, "fact.refuted", { facts: 1, relation: row.name, sources });
    return edit;
  });
}

/**
 * Takes an edit by hand back: what it had changed is as it would be without it.
 * @throws AppError `not_found`; `invalid` for an episode that is no edit.
 */
export async function undoEdit(actor: Actor, edit: string): Promise<void> {
  authorize(actor, "graph:write");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, edit);
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "episode", () => tx.episode.findUnique({ where }));
    if (row.source !== "correction") throw new AppError("invalid", "Only an edit by hand can be taken back.");
    if (row.content === MERGED) await partNodes(tx, graph, edit);
    const { facts } = await forgetEpisodes(tx, graph, [edit]);
    await recordGraphEvent(tx, actor, graph, "edit.undone", { facts });
  });
}

/**
 * Removes a fact and all its claims. A fact that it had ended holds again. Its nodes stay (wire contract, 4.4). The words it
 * was extracted from stay too, but reading them again does not restore it. @returns the graph it was in.
 * @throws AppError `not_found`, `held`.
 */
export async function eraseFactWithClaims(tx: Tx, actor: Actor, uuid: string): Promise<LockedGraph> {
  const { graph, row, session, sources } = await lockFact(tx, actor, uuid);
  await refuseHeld(tx, graph, Prisma.sql`c.edge_uuid = ${uuid}::uuid`);
  await startReweaving(tx);
  const claimed = { ...ofGraph(graph), edgeUuid: uuid };
  await editByHand(tx, graph, session, "A fact was deleted.", async (episodeUuid) => {
    await retractClaims(tx, graph, episodeUuid, Prisma.sql`edge_uuid = ${uuid}::uuid`);
    await tx.$executeRaw`
      UPDATE episodes SET content = 'A fact was deleted.', terms = NULL, words = 0, dated = FALSE
      WHERE ${inGraph(graph)} AND source = 'fact_triple'
        AND uuid IN (SELECT episode_uuid FROM claims WHERE ${inGraph(graph)}
          AND edge_uuid = ${uuid}::uuid)`;
    await tx.claim.deleteMany({ where: claimed });
    return [row.slot];
  });
  await deleteUnmentionedNodes(tx, graph, [row.sourceUuid, row.targetUuid]);
  await recordGraphEvent(tx, actor, graph, "fact.erased", { facts: 1, relation: row.name, sources });
  return graph;
}

/**
 * Removes a node with its facts; reading again does not bring those back. The person's own node goes only with the person.
 * @throws AppError `not_found`, `invalid`.
 */
export async function eraseNode(actor: Actor, uuid: string): Promise<void> {
  authorize(actor, "graph:erase");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, uuid);
    const { graph } = await lockHolder(tx, actor.projectUuid, "node", () => tx.node.findUnique({ where }));
    await refuseHeld(tx, graph, Prisma.sql`${uuid}::uuid IN (c.source_uuid, c.target_uuid)`);
    await startReweaving(tx);
    if (graph.centre === uuid) throw new AppError("invalid", "The user's own node is deleted with the user.");
    const touching = {
      ...ofGraph(graph),
      OR: [{ sourceUuid: uuid }, { targetUuid: uuid }],
    };
    const facts = await tx.edge.count({ where: touching });
    await editByHand(tx, graph, undefined, "A node was deleted.", async (episodeUuid) => {
      await retractClaims(tx, graph, episodeUuid, Prisma.sql`${uuid}::uuid IN (source_uuid, target_uuid)`);
      const claims = await tx.claim.findMany({ where: touching, distinct: ["slot"], select: { slot: true } });
      await tx.claim.deleteMany({ where: touching });
      return claims.map(({ slot }) => slot);
    });
    await tx.node.delete({ where });
    // A copy of the person's data that waits for them holds it still.
    await tx.dataExport.deleteMany({ where: { ...ofProject(actor), userUuid: graph.uuid, downloadedAt: null } });
    await recordGraphEvent(tx, actor, graph, "node.erased", { facts, nodes: 1 });
  });
}

/**
 * The times that people stated for a fact, without an end that follows only from another fact. The time at which it was
 * first said is returned as well.
 */
export async function findStatedTimes(tx: Tx, graph: LockedGraph, edgeUuid: string) {
  const time = nullable(TIME);
  const [told] = await readRowsIn(tx, { validAt: time, invalidAt: time, expiredAt: time, saidAt: time })`
    SELECT min(c.valid_at) AS "validAt", min(c.expired_at) AS "expiredAt", min(coalesce(c.said_at, e.created_at)) AS "saidAt",
      min(CASE c.kind WHEN 'ends' THEN coalesce(c.invalid_at, e.created_at) ELSE c.invalid_at END) AS "invalidAt"
    FROM claims c JOIN episodes e ON ${sameGraph("e", "c")} AND e.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "c")} AND c.edge_uuid = ${edgeUuid}::uuid AND ${CLAIM_COUNTS}`;
  return told ?? { validAt: null, invalidAt: null, expiredAt: null, saidAt: null };
}

export type LockedFact = Awaited<ReturnType<typeof lockFact>>;

/** Takes the graph of a fact. @returns also the fact, what kinds of episodes brought it, and its one conversation if it was one. */
export async function lockFact(tx: Tx, actor: Actor, uuid: string) {
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
