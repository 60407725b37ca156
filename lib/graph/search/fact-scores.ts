import { NUMBER, nullable, type RowReader } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { AskedTerm } from "#lib/graph/search/asked-terms.ts";
import { weighFrequency, weighRarity } from "#lib/graph/search/bm25.ts";
import { findFactHits, formatUuid, type UnpackedHits, unpackHits } from "#lib/graph/search/hits.ts";

/** How well facts answer a question by their words (BM25, without bounds), by their uuids; what has none of them is absent. */
export async function scoreFacts(
  read: RowReader,
  graph: GraphKey,
  terms: readonly AskedTerm[],
): Promise<Map<string, number>> {
  const [packed, [stats]] = await Promise.all([findFactHits(read, graph, terms), readFactStats(read, graph)]);
  const { count = 0, usual } = stats ?? {};
  const { uuids, hits } = unpackHits(packed);
  const scores = new Float64Array(uuids.length);
  const lengths = listLengths(hits, uuids.length);
  for (const { term, share } of terms) {
    const own = hits.filter((hit) => hit.term === term);
    const exact = own.reduce((sum, hit) => sum + (hit.weight === 1 ? hit.count : 0), 0);
    const rarity = share * weighRarity(count, exact);
    const times = countTimes(own, uuids.length);
    times.forEach((time, fact) => {
      if (time > 0)
        scores[fact] = (scores[fact] ?? 0) + rarity * weighFrequency(time, (lengths[fact] ?? 1) / (usual ?? 1));
    });
  }
  return new Map(uuids.map((digits, fact) => [formatUuid(digits), scores[fact] ?? 0]));
}

/** How often a term is in each of so many facts. */
function countTimes(hits: readonly UnpackedHits[], facts: number): Float32Array {
  const times = new Float32Array(facts);
  for (const { weight, uuids } of hits) for (const fact of uuids) times[fact] = (times[fact] ?? 0) + weight;
  return times;
}

function listLengths(hits: readonly UnpackedHits[], facts: number): Int32Array {
  const lengths = new Int32Array(facts);
  for (const { uuids, numbers } of hits)
    uuids.forEach((fact, at) => {
      lengths[fact] = numbers[at] ?? 1;
    });
  return lengths;
}

const STATS_SHAPE = { count: NUMBER, usual: nullable(NUMBER) };
/** As many as tell how long a fact usually is. */
const SAMPLE = 200;

function readFactStats(read: RowReader, graph: GraphKey) {
  return read(STATS_SHAPE)`
    SELECT count(*)::float8 AS count, (
      SELECT avg(length(terms))::float8 FROM (SELECT terms FROM edges WHERE ${inGraph(graph)} LIMIT ${SAMPLE}) AS sample
    ) AS usual FROM edges WHERE ${inGraph(graph)}`;
}
