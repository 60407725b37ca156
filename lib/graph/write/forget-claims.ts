import type { Tx } from "#lib/db/client.ts";
import { BOOLEAN, type RowOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, ofGraph, sameGraph, sameProject } from "#lib/db/scope.ts";
import type { End, Forgetting, FoundFact, Reading } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { CLAIM_COUNTS, retractClaims, retractEpisode, withholdEpisode } from "#lib/graph/write/claims.ts";
import { SAID } from "#lib/relations.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Obeys what episodes ask to forget: what was claimed of it before is retracted for as long as the asking episode exists, and
 * so are the quotations it stands in, whatever words tell it. An earlier episode that told nothing else is retracted as a whole,
 * and one that did is shown as memory no more.
 * @returns the slots to rebuild and the nodes that may be left without a mention.
 */
export async function forgetClaims(
  tx: Tx,
  graph: LockedGraph,
  readings: Map<string, Reading>,
): Promise<{ slots: string[]; nodes: string[] }> {
  const found = { slots: new Set<string>(), nodes: new Set<string>() };
  for (const [episode, { forgets = [] }] of readings)
    for (const forgetting of forgets) {
      const { claims, whole } = await retractMeant(tx, graph, episode, forgetting);
      for (const { slot } of claims) found.slots.add(slot);
      const mentioned = await tx.nodeEpisode.findMany({ where: { ...ofGraph(graph), episodeUuid: { in: whole } } });
      const nodes = [
        ...claims.flatMap(({ source, target }) => [source, target]),
        ...mentioned.map(({ nodeUuid }) => nodeUuid),
      ];
      await deleteMentions(tx, graph, nodes, [...new Set([...claims.map((claim) => claim.episode), ...whole])]);
      for (const node of nodes) if (node !== graph.centre) found.nodes.add(node);
    }
  return { slots: [...found.slots], nodes: [...found.nodes] };
}

/** Retracts what an episode asks to forget. @returns the claims that count no more, and the episodes of which nothing counts. */
async function retractMeant(tx: Tx, graph: LockedGraph, episode: string, forgetting: Forgetting) {
  const { facts, words, called, relations } = forgetting;
  if (words.length === 0) return retractLastSaid(tx, graph, episode);
  const names = await listNamesOf(tx, graph, relations, words);
  const claims: Retracted[] = [];
  for (const fact of facts) claims.push(...(await listClaimsOf(tx, graph, episode, fact, called)));
  for (const thing of words) claims.push(...(await listClaimsInWords(tx, graph, episode, thing, facts.length > 0)));
  if (names.length > 0) claims.push(...(await listClaimsAbout(tx, graph, episode, names)));
  if (relations.length > 0) claims.push(...(await listClaimsOfRelations(tx, graph, episode, relations)));
  await retractClaims(tx, graph, episode, Prisma.sql`uuid = ANY(${claims.map(({ uuid }) => uuid)}::uuid[])`);
  if (names.length > 0) await deleteMentionsOf(tx, graph, names);
  return { claims, whole: await withholdMeant(tx, graph, episode, words, names) };
}

/** Keeps from being shown what earlier episodes tell of it. @returns those of which nothing counts. */
async function withholdMeant(tx: Tx, graph: LockedGraph, episode: string, words: string[], names: string[]) {
  const found = names.length === 0 ? [] : await listEpisodesNaming(tx, graph, episode, names);
  for (const thing of words) found.push(...(await listEpisodesInWords(tx, graph, episode, thing)));
  for (const { uuid, isSilent } of found) await (isSilent ? retractEpisode : withholdEpisode)(tx, graph, episode, uuid);
  return found.flatMap(({ uuid, isSilent }) => (isSilent ? [uuid] : []));
}

async function retractLastSaid(tx: Tx, graph: LockedGraph, episode: string) {
  const whole = await findLastSaid(tx, graph, episode);
  for (const last of whole) await retractEpisode(tx, graph, episode, last);
  const claims = await readRowsIn(tx, CLAIM_SHAPE)`
    SELECT ${CLAIM_COLUMNS} FROM claims c WHERE ${inGraph(graph, "c")} AND c.episode_uuid = ANY(${whole}::uuid[])`;
  return { claims, whole };
}

/** The names of those who are or were something to the person, or whom the words are about as a whole. */
async function listNamesOf(tx: Tx, graph: LockedGraph, relations: string[], words: string[]): Promise<string[]> {
  const found = await readRowsIn(tx, { name: TEXT })`
    SELECT DISTINCT n.name FROM claims c JOIN nodes n ON ${sameGraph("n", "c")} AND n.uuid = c.target_uuid
    WHERE ${inGraph(graph, "c")} AND c.source_uuid = ${graph.centre ?? null}::uuid AND c.target_uuid <> c.source_uuid
      AND c.name = ANY(${relations}) AND 'Person' = ANY(n.labels)
    UNION
    SELECT n.name FROM nodes n JOIN node_names k ON ${sameGraph("k", "n")} AND k.node_uuid = n.uuid
    WHERE ${inGraph(graph, "n")} AND n.uuid <> ${graph.centre ?? null}::uuid AND 'Person' = ANY(n.labels)
      AND k.key IN (SELECT lethe_key(trim(thing, ' .!?')) FROM unnest(${words}::text[]) AS thing)`;
  return found.map(({ name }) => name);
}

/** What is known of the person under these relations, whatever it is. */
function listClaimsOfRelations(tx: Tx, graph: LockedGraph, episode: string, relations: string[]) {
  return readRowsIn(tx, CLAIM_SHAPE)`
    SELECT ${CLAIM_COLUMNS} FROM claims c JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "c")} AND c.source_uuid = ${graph.centre ?? null}::uuid AND c.name = ANY(${relations})
      AND ${isBefore(graph, episode)}`;
}

/** Who is to be forgotten is no more spoken of. */
async function deleteMentionsOf(tx: Tx, graph: LockedGraph, names: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM node_episodes m USING nodes n WHERE ${inGraph(graph, "m")} AND ${sameGraph("n", "m")} AND n.uuid = m.node_uuid
      AND n.name = ANY(${names}) AND n.uuid <> ${graph.centre ?? null}::uuid
      AND NOT EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "m")} AND m.node_uuid IN (c.source_uuid, c.target_uuid)
        AND ${CLAIM_COUNTS})`;
}

const namesOneOf = (text: Prisma.Sql, names: string[]) => Prisma.sql`EXISTS (
  SELECT FROM unnest(${names}::text[]) AS known (name) WHERE lethe_fold(${text}) LIKE lethe_occurs(known.name))`;

/** Whatever earlier episodes claim of those who are called so, and the quotations that name them. */
function listClaimsAbout(tx: Tx, graph: LockedGraph, episode: string, names: string[]) {
  return readRowsIn(tx, CLAIM_SHAPE)`
    SELECT ${CLAIM_COLUMNS} FROM claims c JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
      JOIN nodes s ON ${sameGraph("s", "c")} AND s.uuid = c.source_uuid
      JOIN nodes t ON ${sameGraph("t", "c")} AND t.uuid = c.target_uuid
    WHERE ${inGraph(graph, "c")} AND ${isBefore(graph, episode)}
      AND (s.name = ANY(${names}) OR t.name = ANY(${names}) OR c.name = ${SAID} AND ${namesOneOf(Prisma.sql`c.fact`, names)})`;
}

type Retracted = RowOf<typeof CLAIM_SHAPE>;

const CLAIM_SHAPE = { uuid: TEXT, slot: TEXT, episode: TEXT, source: TEXT, target: TEXT };
const CLAIM_COLUMNS = Prisma.sql`c.uuid, c.slot, c.episode_uuid AS episode, c.source_uuid AS source, c.target_uuid AS target`;

/** Whether an episode `p` was told before another: what is told afterwards is told anew. */
const isBefore = (graph: LockedGraph, episode: string) => Prisma.sql`EXISTS (SELECT FROM episodes asks
  WHERE ${inGraph(graph, "asks")} AND asks.uuid = ${episode}::uuid AND asks.uuid <> p.uuid
    AND (p.created_at, p.seq) < (asks.created_at, asks.seq))`;

/** The episode before, of the same speaker in the same conversation; none where there is none. */
async function findLastSaid(tx: Tx, graph: LockedGraph, episode: string): Promise<string[]> {
  const found = await readRowsIn(tx, { uuid: TEXT })`
    SELECT p.uuid FROM episodes asking JOIN episodes p ON ${sameGraph("p", "asking")} AND p.session_uuid IS NOT DISTINCT FROM asking.session_uuid
      LEFT JOIN messages said ON ${sameProject("said", "p")} AND said.uuid = p.message_uuid
      LEFT JOIN messages asked ON ${sameProject("asked", "asking")} AND asked.uuid = asking.message_uuid
    WHERE ${inGraph(graph, "asking")} AND asking.uuid = ${episode}::uuid AND p.source = asking.source AND NOT p.withheld
      AND (coalesce(said.role, p.role), coalesce(said.role_type, p.role_type))
        IS NOT DISTINCT FROM (coalesce(asked.role, asking.role), coalesce(asked.role_type, asking.role_type))
      AND ${isBefore(graph, episode)}
    ORDER BY p.created_at DESC, p.seq DESC LIMIT 1`;
  return found.map(({ uuid }) => uuid);
}

/** The claims of earlier episodes that say what a fact says, and what those episodes are quoted with. */
function listClaimsOf(
  tx: Tx,
  graph: LockedGraph,
  episode: string,
  { source, target, name, fact }: FoundFact,
  called: Forgetting["called"],
) {
  const isSame = Prisma.sql`c.name IN (${name}, ${`NOT_${name}`}) AND ${matchEnd(graph, "source", source, called)}
    AND ${matchEnd(graph, "target", target, called)} AND (c.source_uuid <> c.target_uuid OR lethe_fold(c.fact) = lethe_fold(${fact}))`;
  return readRowsIn(tx, CLAIM_SHAPE)`
    WITH same AS (
      SELECT c.* FROM claims c
      JOIN nodes source ON ${sameGraph("source", "c")} AND source.uuid = c.source_uuid
      JOIN nodes target ON ${sameGraph("target", "c")} AND target.uuid = c.target_uuid
      JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
      WHERE ${inGraph(graph, "c")} AND ${isBefore(graph, episode)} AND ${isSame}
    )
    SELECT ${CLAIM_COLUMNS} FROM same c
    UNION
    SELECT ${CLAIM_COLUMNS} FROM claims c
    WHERE ${inGraph(graph, "c")} AND c.name = ${SAID} AND c.episode_uuid IN (SELECT episode_uuid FROM same)`;
}

/** Few words have all to be told again, of many so many. */
const ENOUGH = Prisma.sql`CASE WHEN count(*) <= 3 THEN 1 ELSE 0.65 END`;
const OF_SELF = /(?<![\p{L}])(?:I|we|I['’]?m|I['’]ve)(?![\p{L}])/iu;

/**
 * Whether a text tells of something in these words. What the speaker does is told by a text in which they do something: "forget
 * that I love jazz" is not about "my father loved jazz".
 */
const tellsAsked = (
  text: Prisma.Sql,
  words: string,
) => Prisma.sql`(${OF_SELF.test(words) ? Prisma.sql`${text} ~* '\\m(I|we|I.?m|I.ve)\\M'` : Prisma.sql`TRUE`}
  AND ${hasEnough(Prisma.sql`lethe_terms(${text})`, words)})`;

/** Whether terms are enough of those of some words. */
const hasEnough = (terms: Prisma.Sql, words: string) => Prisma.sql`(
  SELECT coalesce(count(*) FILTER (WHERE term = ANY(tsvector_to_array(${terms}))) >= ${ENOUGH} * count(*) AND count(*) > 0, FALSE)
  FROM unnest(tsvector_to_array(lethe_terms(${words}))) AS term)`;

/**
 * What earlier episodes claim of something in these words: quotations by what they say, and known facts by their sentence with all
 * that its nodes are called. Where the words state a fact, one word alone is not enough to know a quotation by.
 */
function listClaimsInWords(tx: Tx, graph: LockedGraph, episode: string, words: string, isStated: boolean) {
  const known = Prisma.sql`c.name <> ${SAID} AND (
    SELECT coalesce(bool_and(term = ANY(tsvector_to_array(lethe_terms(c.name || ' ' || c.fact || ' ' || called.names)))), FALSE)
    FROM unnest(tsvector_to_array(lethe_terms(${words}))) AS term)`;
  const isTelling = Prisma.sql`(NOT ${isStated} OR cardinality(tsvector_to_array(lethe_terms(${words}))) > 1)`;
  return readRowsIn(tx, CLAIM_SHAPE)`
    SELECT ${CLAIM_COLUMNS} FROM claims c JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid,
      LATERAL (SELECT coalesce(string_agg(k.key, ' '), '') AS names FROM node_names k
        WHERE ${sameGraph("k", "c")} AND k.node_uuid IN (c.source_uuid, c.target_uuid)) AS called
    WHERE ${inGraph(graph, "c")} AND p.source <> 'json' AND ${isBefore(graph, episode)} AND ${isTelling}
      AND (${known} OR c.name = ${SAID} AND ${hasEnough(Prisma.sql`p.terms`, words)}
        AND ${tellsAsked(Prisma.sql`substring(c.fact FROM '“(.*)”$')`, words)})`;
}

const FOUND_SHAPE = { uuid: TEXT, isSilent: BOOLEAN };
/** An earlier episode `p`, and whether nothing that it claims counts: then it is forgotten as a whole. */
const selectEpisodes = (graph: LockedGraph, episode: string) => Prisma.sql`
  SELECT p.uuid, NOT EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "p")} AND c.episode_uuid = p.uuid AND ${CLAIM_COUNTS})
    AS "isSilent"
  FROM episodes p LEFT JOIN messages m ON ${sameProject("m", "p")} AND m.uuid = p.message_uuid
  WHERE ${inGraph(graph, "p")} AND p.source <> 'json' AND NOT p.withheld AND ${isBefore(graph, episode)}`;

/** The earlier episodes that tell of something in these words. */
function listEpisodesInWords(tx: Tx, graph: LockedGraph, episode: string, words: string) {
  return readRowsIn(tx, FOUND_SHAPE)`
    ${selectEpisodes(graph, episode)} AND ${hasEnough(Prisma.sql`p.terms`, words)}
      AND ${tellsAsked(Prisma.sql`coalesce(p.content, m.content)`, words)}`;
}

/** The earlier episodes in which somebody is named. */
function listEpisodesNaming(tx: Tx, graph: LockedGraph, episode: string, names: string[]) {
  return readRowsIn(tx, FOUND_SHAPE)`
    ${selectEpisodes(graph, episode)} AND ${namesOneOf(Prisma.sql`coalesce(p.content, m.content)`, names)}`;
}

/** Whether one end of a claim is who a fact names; null is the person. */
function matchEnd(
  { centre }: LockedGraph,
  side: "source" | "target",
  end: End,
  called: Forgetting["called"],
): Prisma.Sql {
  const node = Prisma.raw(side);
  if (end === null) return Prisma.sql`${node}.uuid = ${centre ?? null}::uuid`;
  const names = [end, ...(called[end] ?? [])];
  return Prisma.sql`EXISTS (SELECT FROM node_names k WHERE ${sameGraph("k", side)} AND k.node_uuid = ${node}.uuid
    AND k.key IN (SELECT lethe_key(known) FROM unnest(${names}::text[]) AS known))`;
}

/** Nodes are no longer spoken of where nothing but what was forgotten was said of them. */
async function deleteMentions(tx: Tx, graph: LockedGraph, nodes: string[], episodes: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM node_episodes m WHERE ${inGraph(graph, "m")} AND m.node_uuid = ANY(${nodes}::uuid[])
      AND m.episode_uuid = ANY(${episodes}::uuid[])
      AND NOT EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "m")} AND c.episode_uuid = m.episode_uuid
        AND m.node_uuid IN (c.source_uuid, c.target_uuid)
        AND ${CLAIM_COUNTS})`;
}
