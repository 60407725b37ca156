import type { Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { byUuid, ofGraph } from "#lib/db/scope.ts";
import { restateClaims, type StatedClaim } from "#lib/graph/edit/stated-claims.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { NewEpisode } from "#lib/graph/schema.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { listSlotsOfEpisodes } from "#lib/graph/write/claims.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { findOrMakeNodes } from "#lib/graph/write/names.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import type { Metadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/** An edit by hand as another instance has exported it. */
export interface TakenEdit extends Omit<NewEpisode, "source"> {
  source: "fact_triple" | "correction";
  sessionUuid: string | null;
  claims: Omit<StatedClaim, "episodeUuid" | "extractor">[];
  retractions: { uuid: string; ofEpisode: string; says: string | null; sourceKeys: string[]; targetKeys: string[] }[];
}

/**
 * Does edits by hand again that were done in the graph this one was exported from: what they state holds, what they retracted
 * counts no more, whenever it is read. Those that are there already are left as they are. @returns how many were new.
 */
export async function takeEdits(tx: Tx, graph: LockedGraph, edits: TakenEdit[]): Promise<number> {
  let taken = 0;
  for (const { claims, retractions, sessionUuid, ...episode } of edits) {
    if ((await appendEpisodes(tx, graph, [episode], sessionUuid ?? undefined)) === 0) continue;
    taken += 1;
    const known = await tx.episode.findMany({
      where: { ...ofGraph(graph), uuid: { in: retractions.map(({ ofEpisode }) => ofEpisode) } },
      select: { uuid: true },
    });
    const there = new Set(known.map(({ uuid }) => uuid));
    await tx.retraction.createMany({
      skipDuplicates: true,
      data: retractions
        .filter(({ ofEpisode }) => there.has(ofEpisode))
        .map((retraction) => ({ ...retraction, ...ofGraph(graph), episodeUuid: episode.uuid })),
    });
    const stated = { episodeUuid: episode.uuid, extractor: "stated" as const };
    await restateClaims(
      tx,
      graph,
      claims.map((claim) => ({ ...claim, ...stated })),
    );
    const slots = await listSlotsOfEpisodes(tx, graph, Prisma.sql`uuid = ${episode.uuid}::uuid`);
    await refreshSummary(tx, graph, await rebuildFacts(tx, graph, slots));
  }
  return taken;
}

/** What a node is called beside its name, and what somebody wrote of it. */
export interface TakenNode {
  /** None for the person's own. */
  name: string | null;
  labels: string[];
  aliases: string[];
  summary: string | null;
  attributes: Metadata;
}

/** Makes nodes with all their names, so that what is read later finds them, and keeps what people wrote of them. */
export async function takeNodes(tx: Tx, graph: LockedGraph, nodes: TakenNode[]): Promise<void> {
  const named = nodes.flatMap(({ name, labels }) => (name === null ? [] : [{ name, labels }]));
  const uuids = await findOrMakeNodes(tx, graph, named);
  for (const { name, aliases, summary, attributes } of nodes) {
    const uuid = name === null ? graph.centre : uuids.get(name);
    if (!uuid) continue;
    await tx.nodeName.createMany({
      skipDuplicates: true,
      data: aliases.map((key) => ({ ...ofGraph(graph), key, nodeUuid: uuid })),
    });
    const written = summary === null ? {} : { summary, summaryStated: true };
    await tx.node.update({ where: byUuid(graph, uuid), data: { ...written, attributes: toJsonInput(attributes) } });
  }
}
