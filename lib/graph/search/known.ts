import type { Tx } from "#lib/db/client.ts";
import { listOf, nullable, type RowOf, type RowReader, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { KnownFact, Setting } from "#lib/extraction/schema.ts";
import { IS_CURRENT, IS_KNOWN } from "#lib/graph/rows.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { listAskedTerms } from "#lib/graph/search/asked-terms.ts";
import { scoreFacts } from "#lib/graph/search/fact-scores.ts";
import { readSizes } from "#lib/graph/search/sizes.ts";
import { isInSingleValuedSlot } from "#lib/relations.ts";

/** As much as a model weighs in one call. */
const MOST = 50;
const LONGEST = 4_000;

const FACT_SHAPE = {
  sourceUuid: TEXT,
  targetUuid: TEXT,
  source: TEXT,
  target: TEXT,
  name: TEXT,
  fact: TEXT,
  template: nullable(TEXT),
  slot: TEXT,
  validAt: nullable(TIME),
};

type FactRow = RowOf<typeof FACT_SHAPE>;

const KNOWN_NODE_SHAPE: Shape<Setting["known"]["nodes"][number]> = { name: TEXT, labels: listOf(TEXT), summary: TEXT };

/**
 * What a graph holds that a text may be about: the facts that hold now, those that share its words first and then the
 * newest, and the nodes that were made last.
 */
export async function findKnownContext(tx: Tx, graph: GraphKey, text: string): Promise<Setting["known"]> {
  const { uuid } = graph;
  const read: RowReader = (shape) => readRowsIn(tx, shape);
  const terms = await listAskedTerms(read, text.slice(0, LONGEST));
  const { facts: size } = await readSizes(read, graph);
  const scores = await scoreFacts(read, graph, terms, size);
  const facts = await readRowsIn(tx, FACT_SHAPE)`
    SELECT e.source_uuid AS "sourceUuid", e.target_uuid AS "targetUuid", s.name AS source, t.name AS target, e.name, e.fact, e.template, e.slot,
      e.valid_at AS "validAt"
    FROM edges e
      LEFT JOIN unnest(${[...scores.keys()]}::uuid[], ${[...scores.values()]}::float8[]) AS scored (uuid, score) ON scored.uuid = e.uuid
      JOIN nodes s ON ${sameGraph("s", "e")} AND s.uuid = e.source_uuid
      JOIN nodes t ON ${sameGraph("t", "e")} AND t.uuid = e.target_uuid
    WHERE ${inGraph(graph, "e")} AND ${IS_KNOWN} AND ${IS_CURRENT}
    ORDER BY scored.score DESC NULLS LAST, e.created_at DESC LIMIT ${MOST}`;
  const nodes = await readRowsIn(tx, KNOWN_NODE_SHAPE)`
    SELECT name, labels, summary FROM nodes
    WHERE ${inGraph(graph)} AND uuid <> graph_uuid ORDER BY created_at DESC LIMIT ${MOST}`;
  return { nodes, facts: facts.map((fact) => toKnownFact(fact, uuid)) };
}

function toKnownFact(fact: FactRow, centre: string): KnownFact {
  const { name, fact: words, template, validAt } = fact;
  const source = fact.sourceUuid === centre ? null : fact.source;
  const target = fact.targetUuid === centre ? null : fact.target;
  return { source, target, name, fact: words, template, single: isInSingleValuedSlot(fact), validAt };
}
