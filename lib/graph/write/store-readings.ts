import type { Tx } from "#lib/db/client.ts";
import { inGraph, ofGraph } from "#lib/db/scope.ts";
import type { End, Mention, Reading } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { REDACTED } from "#lib/graph/terms.ts";
import { addClaims, listSlotsOfEpisodes, type NewClaim } from "#lib/graph/write/claims.ts";
import { forgetClaims } from "#lib/graph/write/forget-claims.ts";
import { completeEnds } from "#lib/graph/write/meant.ts";
import { addMentions, deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { findOrMakeNodes } from "#lib/graph/write/names.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { findOrMakeReferent } from "#lib/graph/write/referents.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";
import { SAID } from "#lib/relations.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Most of what one episode may leave in a graph: what is longer is a list that nobody reads as facts. */
const MOST_FACTS = 500;

/**
 * Keeps what was drawn from episodes, in place of what was drawn from them before: who and what they mention, and what they
 * claim. What names nobody (the person in a graph that is nobody's) is left out. A fact that is drawn again keeps its uuid.
 */
export async function storeReadings(tx: Tx, graph: LockedGraph, drawn: Map<string, Reading>): Promise<void> {
  const before = await removeOldReadings(tx, graph, [...drawn.keys()]);
  const readings = await completeEnds(tx, graph, drawn);
  const slots = await insertReadings(tx, graph, readings, before.facts);
  await markEpisodes(tx, graph, readings);
  const forgotten = await forgetClaims(tx, graph, readings);
  const settled = await rebuildFacts(tx, graph, [...new Set([...before.slots, ...slots, ...forgotten.slots])]);
  await deleteUnmentionedNodes(tx, graph, [...before.nodes, ...forgotten.nodes]);
  await refreshSummary(tx, graph, settled);
}

/**
 * Takes back what was drawn from episodes, as if nobody had read them yet: facts that rest on them alone go, the rest is woven
 * anew, and summaries follow, their earlier versions as well. What they asked to forget stays forgotten.
 */
export async function withdrawReadings(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<void> {
  const before = await removeClaimsAndMentions(tx, graph, episodes);
  const settled = await rebuildFacts(tx, graph, before.slots);
  await deleteUnmentionedNodes(tx, graph, before.nodes);
  await refreshSummary(tx, graph, { nodes: settled.nodes, gone: settled.touched ?? settled.gone });
}

/** Notes on episodes what they asked of memory, and in which language those are that were not read. */
async function markEpisodes(tx: Tx, graph: LockedGraph, readings: Map<string, Reading>): Promise<void> {
  const marks = [...readings].map(([uuid, { forgets = [], unreadLanguage = null }]) => ({
    uuid,
    isWithheld: forgets.some(({ isJoke = false }) => !isJoke),
    unreadLanguage,
  }));
  await tx.$executeRaw`
    UPDATE episodes e SET withheld = mark."isWithheld", unread_language = mark."unreadLanguage"
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS mark (uuid uuid, "isWithheld" boolean, "unreadLanguage" text)
    WHERE ${inGraph(graph, "e")} AND e.uuid = mark.uuid
      AND (e.withheld, e.unread_language) IS DISTINCT FROM (mark."isWithheld", mark."unreadLanguage")`;
}

/** What episodes said before they are read again. */
interface OldReadings {
  slots: string[];
  nodes: string[];
  /** The uuids of facts by what an episode says of them. */
  facts: Map<string, string>;
}

async function removeOldReadings(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<OldReadings> {
  const retracted = await listSlotsOfEpisodes(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
  await tx.retraction.deleteMany({ where: { ...ofGraph(graph), episodeUuid: { in: episodes } } });
  const { slots, ...before } = await removeClaimsAndMentions(tx, graph, episodes);
  return { ...before, slots: [...new Set([...slots, ...retracted])] };
}

async function removeClaimsAndMentions(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<OldReadings> {
  const where = { ...ofGraph(graph), episodeUuid: { in: episodes } };
  const claims = await tx.claim.findMany({
    where,
    select: { episodeUuid: true, name: true, fact: true, slot: true, edgeUuid: true },
  });
  const mentions = await tx.nodeEpisode.findMany({ where, select: { nodeUuid: true } });
  if (claims.length > 0) {
    await startReweaving(tx);
    await tx.claim.deleteMany({ where });
  }
  if (mentions.length > 0) await tx.nodeEpisode.deleteMany({ where });
  return {
    slots: [...new Set(claims.map(({ slot }) => slot))],
    nodes: [...new Set(mentions.map(({ nodeUuid }) => nodeUuid))],
    facts: new Map(claims.flatMap((claim) => (claim.edgeUuid ? [[makeClaimKey(claim), claim.edgeUuid] as const] : []))),
  };
}

function makeClaimKey({ episodeUuid, name, fact }: { episodeUuid: string; name: string; fact: string }): string {
  return `${episodeUuid} ${name} ${fact}`;
}

async function insertReadings(
  tx: Tx,
  graph: LockedGraph,
  readings: Map<string, Reading>,
  known: Map<string, string>,
): Promise<string[]> {
  const cleaned = new Map([...readings].map(([uuid, reading]) => [uuid, sanitizeReading(reading)]));
  const mentioned = [...cleaned.values()].flatMap(({ nodes, facts }) => {
    const referents = new Set(nodes.filter(({ aliases = [] }) => aliases.length > 0).map(({ name }) => name));
    return [
      ...nodes,
      ...facts.flatMap(({ source, target }) => [source, target]).flatMap((end) => toMention(end)),
    ].filter(({ name }) => !referents.has(name));
  });
  const named = await findOrMakeNodes(tx, graph, mentioned);
  const claims: NewClaim[] = [];
  const mentions: { node: string; episode: string }[] = [];
  for (const [episodeUuid, { extractor, nodes, facts }] of cleaned) {
    const uuids = new Map([...named, ...(await findReferents(tx, graph, nodes))]);
    const findNodeUuid = (end: End) => (end === null ? graph.centre : uuids.get(end));
    const inEpisode = new Set(nodes.flatMap(({ name }) => uuids.get(name) ?? []));
    for (const [index, { source, target, ...fact }] of facts.slice(0, MOST_FACTS).entries()) {
      const sourceUuid = findNodeUuid(source);
      const targetUuid = findNodeUuid(target);
      if (!sourceUuid || !targetUuid) continue;
      const edgeUuid = known.get(makeClaimKey({ episodeUuid, ...fact }));
      inEpisode.add(sourceUuid).add(targetUuid);
      claims.push({
        ...fact,
        uuid: deriveUuid(episodeUuid, `claim ${index}`),
        episodeUuid,
        sourceUuid,
        targetUuid,
        extractor,
        ...(edgeUuid ? { edgeUuid } : {}),
      });
    }
    mentions.push(...[...inEpisode].map((node) => ({ node, episode: episodeUuid })));
  }
  await addMentions(tx, graph, mentions);
  return addClaims(tx, graph, claims);
}

/** Those who are known by what they are to somebody, one by one, since each may be whom another spoke of before. */
async function findReferents(tx: Tx, graph: LockedGraph, nodes: Mention[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, labels, aliases = [] } of nodes) {
    if (aliases.length > 0) found.set(name, await findOrMakeReferent(tx, graph, { name, labels, aliases }));
  }
  return found;
}

const LONGEST_NAME = 200;
const LONGEST_FACT = 1_000;
const LAST_YEAR = 9_999;

/** Limits a reading to what the database can store: valid characters, no NUL, and years of at most four digits. */
function sanitizeReading({ extractor, nodes, facts }: Reading): Reading {
  return {
    extractor,
    nodes: nodes
      .map(({ name, labels, aliases = [] }) => ({
        name: truncateText(name, LONGEST_NAME),
        labels,
        aliases: aliases.map((alias) => truncateText(alias, LONGEST_NAME)),
      }))
      .filter(({ name }) => name !== "" && !name.includes(REDACTED)),
    facts: facts
      .map((fact) => ({
        ...fact,
        source: fact.source && truncateText(fact.source, LONGEST_NAME),
        target: fact.target && truncateText(fact.target, LONGEST_NAME),
        fact: truncateText(fact.fact, LONGEST_FACT),
        validAt: keepStorableDate(fact.validAt),
        invalidAt: keepStorableDate(fact.invalidAt),
      }))
      .filter(({ source, target, fact }) => source !== "" && target !== "" && fact !== "")
      .filter((fact) => !isAboutRedacted(fact)),
  };
}

/** Somebody was erased who stood here: what is left of the sentence may be quoted, and tells no fact. */
function isAboutRedacted({ name, source, target, fact, attributes }: Reading["facts"][number]): boolean {
  const told = [source, target, name === SAID ? null : `${fact} ${JSON.stringify(attributes ?? {})}`];
  return told.some((text) => text?.includes(REDACTED));
}

function truncateText(text: string, length: number): string {
  return [
    ...text
      .toWellFormed()
      .replaceAll("\0", " ")
      .slice(0, length * 2),
  ]
    .slice(0, length)
    .join("")
    .toWellFormed()
    .trim();
}

function keepStorableDate(date: Date | null): Date | null {
  const year = date?.getUTCFullYear() ?? 0;
  return year >= 1 && year <= LAST_YEAR ? date : null;
}

function toMention(end: End): Mention[] {
  return end === null ? [] : [{ name: end, labels: [] }];
}
