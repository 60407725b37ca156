import type { RowReader } from "#lib/db/rows.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { AskedTerm } from "#lib/graph/search/asked-terms.ts";
import { weighFrequency, weighRarity } from "#lib/graph/search/bm25.ts";
import { findFactHits, formatUuid, type UnpackedHits, unpackHits } from "#lib/graph/search/hits.ts";
import type { Size } from "#lib/graph/search/sizes.ts";

/** How well facts answer a question by their words (BM25, without bounds), by their uuids; what has none of them is absent. */
export async function scoreFacts(
  read: RowReader,
  graph: GraphKey,
  terms: readonly AskedTerm[],
  { count, usual }: Size,
): Promise<Map<string, number>> {
  const { uuids, hits } = unpackHits(await findFactHits(read, graph, terms));
  const scores = new Float64Array(uuids.length);
  const lengths = listLengths(hits, uuids.length);
  for (const { term, share } of terms) {
    const own = hits.filter((hit) => hit.term === term);
    const exact = own.reduce((sum, hit) => sum + (hit.weight === 1 ? hit.count : 0), 0);
    const rarity = share * weighRarity(count, exact);
    const times = countTimes(own, uuids.length);
    times.forEach((time, fact) => {
      if (time > 0) scores[fact] = (scores[fact] ?? 0) + rarity * weighFrequency(time, (lengths[fact] ?? 1) / usual);
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
