import { NUMBER, type RowReader } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";

/** How many texts of a kind a graph has, and of how many words they usually are. */
export interface Size {
  count: number;
  usual: number;
}

/** What a graph holds, as BM25 has to know it. */
export interface GraphSizes {
  turns: Size;
  facts: Size;
}

const SIZES_SHAPE = { turns: NUMBER, usualTurn: NUMBER, facts: NUMBER, usualFact: NUMBER };
/** As many as tell how long a turn or a fact usually is. */
const SAMPLE = 500;

/** From so many on, counting them takes longer than finding some, and a minute's new ones change no weight that shows. */
const MANY = 2_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 10_000;
const kept = new Map<string, { sizes: GraphSizes; until: number }>();

/** Counts what a graph holds; of a large one the count may be a minute old. */
export async function readSizes(read: RowReader, graph: GraphKey): Promise<GraphSizes> {
  const known = kept.get(graph.uuid);
  if (known && known.until > Date.now()) return known.sizes;
  kept.delete(graph.uuid);
  const sizes = await countGraph(read, graph);
  if (sizes.turns.count + sizes.facts.count >= MANY) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(graph.uuid, { sizes, until: Date.now() + KEPT_MS });
  }
  return sizes;
}

async function countGraph(read: RowReader, graph: GraphKey): Promise<GraphSizes> {
  const [row] = await read(SIZES_SHAPE)`
    SELECT (SELECT count(*) FROM episodes WHERE ${inGraph(graph)})::float8 AS turns,
      (SELECT greatest(avg(words), 1) FROM (SELECT words FROM episodes WHERE ${inGraph(graph)} LIMIT ${SAMPLE}) sample)::float8 AS "usualTurn",
      (SELECT count(*) FROM edges WHERE ${inGraph(graph)})::float8 AS facts,
      (SELECT greatest(avg(length(terms)), 1) FROM (SELECT terms FROM edges WHERE ${inGraph(graph)} LIMIT ${SAMPLE}) sample)::float8 AS "usualFact"`;
  const { turns = 0, usualTurn = 1, facts = 0, usualFact = 1 } = row ?? {};
  return { turns: { count: turns, usual: usualTurn }, facts: { count: facts, usual: usualFact } };
}
