import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { BOOLEAN, NUMBER, nullable, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inGraph, inGraphOf, inProject, ofGraph, ofProject, sameGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { IS_CURRENT, IS_KNOWN } from "#lib/graph/rows.ts";
import type { RebuildResult } from "#lib/graph/schema.ts";
import {
  addQuotes,
  joinLine,
  renderKnown,
  type SummaryQuote,
  type SummarySourceFact,
} from "#lib/graph/summary/prose.ts";
import { selectQuotes } from "#lib/graph/summary/quotes.ts";
import { type Sentence, sentencesSchema } from "#lib/graph/summary/schema.ts";

/**
 * Refreshes the summaries of these nodes from what holds of them now, unless somebody wrote them. The centre's summary is
 * kept in versions. Sentences that rest on a removed fact are deleted from every version.
 */
export async function refreshSummary(tx: Tx, graph: LockedGraph, { nodes, gone }: RebuildResult): Promise<void> {
  const { centre } = graph;
  if (gone.length > 0) await deleteSentences(tx, graph, gone);
  await refreshNodeSummaries(
    tx,
    graph,
    [...nodes].filter((node) => node !== centre),
  );
  if (centre && nodes.has(centre)) await refreshCentreSummary(tx, graph, centre);
  if (nodes.size > 0) await scheduleNextRefresh(tx, graph);
}

/** The most that a node's summary holds (Graphiti's own cut). */
const LONGEST = 1_000;

/**
 * Refreshes the summary of a node that is not the centre: whole sentences of the current facts, highest confidence first.
 */
async function refreshNodeSummaries(tx: Tx, graph: LockedGraph, nodes: string[]): Promise<void> {
  if (nodes.length === 0) return;
  await tx.$executeRaw`
    UPDATE nodes n SET summary = told.summary
    FROM (
      SELECT node.uuid, coalesce(string_agg(DISTINCT e.words, ' ') FILTER (WHERE e.length <= ${LONGEST}), '') AS summary
      FROM unnest(${nodes}::uuid[]) AS node (uuid)
      LEFT JOIN LATERAL (
        SELECT words, sum(length(words) + 1) OVER (ORDER BY e.confidence DESC, e.valid_at DESC NULLS LAST, e.fact, e.uuid) - 1 AS length
        FROM edges e, LATERAL (SELECT e.fact || CASE WHEN e.fact ~ '[.!?]$' THEN '' ELSE '.' END AS words) AS told
        WHERE ${inGraph(graph, "e")}
          AND node.uuid IN (e.source_uuid, e.target_uuid) AND ${IS_KNOWN} AND ${IS_CURRENT}
        ORDER BY e.confidence DESC, e.valid_at DESC NULLS LAST, e.fact, e.uuid LIMIT 12
      ) e ON TRUE GROUP BY node.uuid
    ) told
    WHERE ${inGraph(graph, "n")} AND n.uuid = told.uuid
      AND NOT n.summary_stated AND n.summary <> told.summary`;
}

/** What the centre's summary is made from: the best supported and the newest of what holds, as many as prose can tell. */
const MOST_IN_SUMMARY = 200;
const MOST_WEIGHED = 500;

const SUMMARY_SOURCE_FACT_SHAPE: Shape<SummarySourceFact> = {
  uuid: TEXT,
  name: TEXT,
  fact: TEXT,
  confidence: NUMBER,
  validAt: nullable(TIME),
  isDated: BOOLEAN,
  before: nullable(TEXT),
  beforeUuid: nullable(TEXT),
  saidAt: TIME,
  support: NUMBER,
};

const SUMMARY_QUOTE_SHAPE: Shape<SummaryQuote> = { uuid: TEXT, words: TEXT, saidAt: TIME };

/** The quotations that a summary takes its own from, and none that is longer than one reads at a glance. */
const LATE_QUOTES = 40;
const LONGEST_QUOTE = 160;

async function refreshCentreSummary(tx: Tx, graph: LockedGraph, centre: string): Promise<void> {
  const { projectUuid, uuid } = graph;
  const where = byUuid(graph, centre);
  const node = await tx.node.findUniqueOrThrow({ where, select: { name: true, summary: true, summaryStated: true } });
  const facts = await readRowsIn(tx, SUMMARY_SOURCE_FACT_SHAPE)`
    SELECT e.uuid, e.name, e.fact, e.confidence, e.valid_at AS "validAt", told."saidAt", told.support,
      e.valid_at IS NOT NULL AND NOT told."isOfTelling" AS "isDated",
      earlier.fact AS before, earlier.uuid AS "beforeUuid"
    FROM (
      SELECT * FROM edges e WHERE ${inGraph(graph, "e")} AND e.source_uuid = ${centre}::uuid
        AND ${IS_KNOWN} AND ${IS_CURRENT} ORDER BY e.confidence DESC, e.valid_at DESC NULLS LAST, e.fact LIMIT ${MOST_WEIGHED}
    ) e JOIN LATERAL (
      SELECT max(p.created_at) AS "saidAt", count(*)::int AS support,
        bool_or(coalesce(c.said_at, p.created_at) = e.valid_at) AS "isOfTelling" FROM claims c JOIN episodes p ON ${sameGraph("p", "c")}
        AND p.uuid = c.episode_uuid
      WHERE ${sameGraph("c", "e")} AND c.edge_uuid = e.uuid
    ) told ON TRUE
    LEFT JOIN LATERAL (
      SELECT p.uuid, p.fact FROM edges p WHERE ${sameGraph("p", "e")} AND p.superseded_by = e.uuid AND p.slot = e.slot
      ORDER BY p.invalid_at DESC, p.uuid LIMIT 1
    ) earlier ON TRUE
    ORDER BY e.confidence DESC, coalesce(e.valid_at, told."saidAt") DESC, e.fact LIMIT ${MOST_IN_SUMMARY}`;
  if (node.summaryStated) return;
  const quotes = await listQuotes(tx, graph, centre);
  const known = renderKnown(node.name, facts);
  const sentences = addQuotes(known, selectQuotes(quotes, joinSentences(known)));
  const summary = joinSentences(sentences);
  if (summary !== node.summary) await tx.node.update({ where, data: { summary } });
  await storeVersion(tx, projectUuid, uuid, sentences);
}

/** Of so many late quotations some may be of messages that told what is over by now. */
const MOST_LATE = 3 * LATE_QUOTES;

/**
 * What somebody said of late, but for messages that told what is over by now. Each step is done once for the whole graph: a
 * question put for each quotation made PostgreSQL go through all claims as often.
 */
async function listQuotes(tx: Tx, graph: LockedGraph, centre: string): Promise<SummaryQuote[]> {
  return readRowsIn(tx, SUMMARY_QUOTE_SHAPE)`
    WITH said AS MATERIALIZED (
      SELECT * FROM (
        SELECT e.uuid, substring(e.fact FROM '“(.*)”$') AS words, e.valid_at AS "saidAt" FROM edges e
        WHERE ${inGraph(graph, "e")} AND e.source_uuid = ${centre}::uuid AND NOT (${IS_KNOWN}) AND e.valid_at IS NOT NULL
      ) quoted WHERE length(words) <= ${LONGEST_QUOTE} ORDER BY "saidAt" DESC, words LIMIT ${MOST_LATE}
    ), ended AS MATERIALIZED (
      SELECT e.uuid, e.invalid_at FROM edges e
      WHERE ${inGraph(graph, "e")} AND ${IS_KNOWN} AND e.invalid_at <= clock_timestamp()
    ), telling AS MATERIALIZED (
      SELECT c.episode_uuid, max(ended.invalid_at) AS until FROM ended
      JOIN claims c ON ${inGraph(graph, "c")} AND c.edge_uuid = ended.uuid GROUP BY c.episode_uuid
    ), over AS MATERIALIZED (
      SELECT DISTINCT said.uuid FROM said
      JOIN claims c ON ${inGraph(graph, "c")} AND c.edge_uuid = said.uuid
      JOIN telling t ON t.episode_uuid = c.episode_uuid AND t.until >= said."saidAt"
    )
    SELECT said.uuid, words, "saidAt" FROM said WHERE NOT EXISTS (SELECT FROM over WHERE over.uuid = said.uuid)
    ORDER BY "saidAt" DESC, words LIMIT ${LATE_QUOTES}`;
}

/** Different words make a new version. The same words that rest on other facts only update the latest one. */
async function storeVersion(tx: Tx, projectUuid: string, graphUuid: string, sentences: Sentence[]): Promise<void> {
  const latest = await tx.summary.findFirst({
    where: ofGraph({ projectUuid, uuid: graphUuid }),
    orderBy: { version: "desc" },
  });
  const before = latest ? sentencesSchema.parse(latest.sentences) : [];
  if (isDeepStrictEqual(before, sentences)) return;
  const data = { sentences: toJsonInput(sentences.map((sentence) => ({ ...sentence }))) };
  const same = latest && joinSentences(before) === joinSentences(sentences);
  const version = (latest?.version ?? 0) + (same ? 0 : 1);
  const where = { projectUuid_graphUuid_version: { ...ofProject({ projectUuid }), graphUuid, version } };
  await tx.summary.upsert({ where, create: { projectUuid, graphUuid, version, ...data }, update: data });
}

function joinSentences(sentences: Sentence[]): string {
  return sentences.map(joinLine).join(" ");
}

/** Notes when a fact of a graph begins or ends by itself next. */
async function scheduleNextRefresh(tx: Tx, graph: LockedGraph): Promise<void> {
  const { uuid } = graph;
  await tx.$executeRaw`
    UPDATE graphs SET summary_due_at = (
      SELECT min(turn) FROM edges e, LATERAL (VALUES (e.valid_at), (e.invalid_at)) AS turns (turn)
      WHERE ${inGraph(graph, "e")} AND turn > clock_timestamp())
    WHERE ${inProject(graph)} AND uuid = ${uuid}::uuid`;
}

/**
 * The nodes of which a fact has begun or ended by itself since it was noted that one would. What has ended is believed no more
 * from then on.
 */
export async function listNodesWithChanges(tx: Tx, graph: LockedGraph): Promise<Set<string>> {
  const { uuid } = graph;
  await tx.$executeRaw`
    UPDATE edges SET expired_at = invalid_at WHERE ${inGraph(graph)} AND invalid_at <= clock_timestamp() AND expired_at IS NULL`;
  const found = await readRowsIn(tx, { uuid: TEXT })`
    SELECT DISTINCT ends.uuid FROM graphs g JOIN edges e ON ${inGraphOf("e", "g")},
      LATERAL (VALUES (e.source_uuid), (e.target_uuid)) AS ends (uuid)
    WHERE ${inProject(graph, "g")} AND g.uuid = ${uuid}::uuid
      AND (e.valid_at BETWEEN g.summary_due_at AND clock_timestamp() OR e.invalid_at BETWEEN g.summary_due_at AND clock_timestamp())`;
  return new Set(found.map((node) => node.uuid));
}

/** Takes out of every version the sentences that rest on these facts. */
async function deleteSentences(tx: Tx, graph: LockedGraph, gone: string[]): Promise<void> {
  const { uuid: graphUuid } = graph;
  const versions = await tx.summary.findMany({ where: ofGraph(graph) });
  for (const { version, sentences } of versions) {
    const told = sentencesSchema.parse(sentences);
    const left = told.filter(({ facts }: Sentence) => !facts.some((fact) => gone.includes(fact)));
    if (left.length === told.length) continue;
    const where = { projectUuid_graphUuid_version: { ...ofProject(graph), graphUuid, version } };
    await tx.summary.update({ where, data: { sentences: toJsonInput(left.map((sentence) => ({ ...sentence }))) } });
  }
}
