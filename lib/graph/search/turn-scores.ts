import type { RowReader } from "#lib/db/rows.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { AskedTerm } from "#lib/graph/search/asked-terms.ts";
import { weighRarity } from "#lib/graph/search/bm25.ts";
import { findTurnHits, type LexemeHits, unpackHits } from "#lib/graph/search/hits.ts";
import { weighPeriod } from "#lib/graph/search/period.ts";
import type { Question } from "#lib/graph/search/question.ts";
import type { Size } from "#lib/graph/search/sizes.ts";
import { AROUND_WEIGHTS, type Place, TurnField } from "#lib/graph/search/turn-field.ts";
import { findFactPlaces, findTurnsInTime, readTurnDetails, type TurnDetail } from "#lib/graph/search/turn-rows.ts";

// The weights here and of the turns around were set on two conversations (LoCoMo 26 and 30) and checked on others with
// `npm run eval`.

/** What the best fact that rests on a turn adds to it. */
const FACT = 0.5;
/** What is said by whom the question names, or dated when it asks for a time, counts for more. */
const FITS = 1.2;
/** So does what something is known or quoted from. */
const KEPT = 1.1;
/** What a turn has that was said in the time that is asked for, in whatever words: little beside a word. */
const IN_TIME = 0.2;
/** Of so many the length and the speaker are looked at; the rest cannot be among the best. */
const CANDIDATES = 150;
/** As many of the best facts lead to turns. */
const LEADING_FACTS = 150;

/** How well a turn answers, and what that is made of; the parts add up to it. */
export interface TurnScore {
  uuid: string;
  at: Date;
  score: number;
  parts: { words: number; around: number; facts: number; time: number };
}

/** What of a graph's turns bears on a question. */
export interface TurnReading {
  hits: LexemeHits[];
  inTime: Place[];
}

/** Reads where the turns of a graph have the words of a question, and which were said in its time. */
export async function readTurns(
  read: RowReader,
  graph: GraphKey,
  { period }: Question,
  terms: readonly AskedTerm[],
): Promise<TurnReading> {
  const [hits, inTime] = await Promise.all([
    findTurnHits(read, graph, terms),
    findTurnsInTime(read, graph, period, CANDIDATES),
  ]);
  return { hits, inTime };
}

/**
 * Scores the turns of a graph for a question, best first, at most CANDIDATES: by BM25 over each turn together with those around
 * it, the best fact that rests on it, and whether speaker and time fit.
 * @param facts the scores of facts by their own words.
 */
export async function scoreTurns(
  read: RowReader,
  graph: GraphKey,
  question: Question,
  terms: readonly AskedTerm[],
  reading: TurnReading,
  size: Size,
  facts: ReadonlyMap<string, number>,
): Promise<TurnScore[]> {
  const leading = [...facts].toSorted(([, a], [, b]) => b - a).slice(0, LEADING_FACTS);
  const factPlaces = await findFactPlaces(
    read,
    graph,
    leading.map(([uuid]) => uuid),
  );
  const field = layOut(terms, reading, size, factPlaces);
  for (const place of reading.inTime) field.raise(field.findIndex(place), IN_TIME);
  for (const place of factPlaces) field.raise(field.findIndex(place), FACT * (facts.get(place.fact) ?? 0));
  const best = field.listBest(CANDIDATES);
  const details = await readTurnDetails(read, graph, best, question.speaker);
  return details
    .flatMap((detail) => {
      const turn = best[detail.index];
      return turn ? [weighTurn(field, turn.index, detail, question, size.usual)] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}

/** All turns that have a word, a fact or the time of a question, with its words. */
function layOut(
  terms: readonly AskedTerm[],
  { hits: found, inTime }: TurnReading,
  { count }: Size,
  factPlaces: readonly Place[],
): TurnField {
  const { uuids, hits } = unpackHits(found);
  const numbers = new Map(uuids.map((uuid, number) => [uuid, number]));
  const ends = new Map<number, number>();
  const extend = (number: number, place: number) => {
    if (place >= (ends.get(number) ?? 0)) ends.set(number, place);
  };
  for (const hit of hits)
    hit.numbers.forEach((packed, at) => {
      extend(hit.uuids[at] ?? 0, packed >> 1);
    });
  for (const { session, place } of [...inTime, ...factPlaces]) {
    if (!numbers.has(session)) numbers.set(session, numbers.size);
    extend(numbers.get(session) ?? 0, place);
  }
  const field = new TurnField(
    [...numbers.keys()],
    Array.from(numbers.values(), (number) => ends.get(number) ?? 0),
  );
  for (const { term, share } of terms) {
    const own = hits.filter((hit) => hit.term === term);
    const exact = own.reduce((sum, { weight, count }) => sum + (weight === 1 ? count : 0), 0);
    field.addTerm(own, share * weighRarity(count, exact));
  }
  return field;
}

const AROUND_TOTAL = AROUND_WEIGHTS.reduce((sum, weight) => sum + weight, 0);

function weighTurn(field: TurnField, index: number, detail: TurnDetail, question: Question, usual: number): TurnScore {
  const { uuid, at, aroundWords } = detail;
  const { all, own } = field.weighWords(index, aroundWords / (usual * AROUND_TOTAL));
  const added = field.getAdded(index);
  const fits = weighFit(detail, question, usual);
  const inTime = weighPeriod(question.period, at);
  const untimed = (all + added) * fits;
  const parts = { words: own * fits, around: (all - own) * fits, facts: added * fits, time: untimed * (inTime - 1) };
  return { uuid, at, score: untimed * inTime, parts };
}

function weighFit({ isSpeaker, dated, isKept, words }: TurnDetail, { asksWhen }: Question, usual: number): number {
  const length = Math.min(2, Math.max(0.3, words / usual));
  return (isSpeaker ? FITS : 1) * (asksWhen && dated ? FITS : 1) * (isKept ? KEPT : 1) * length ** 0.1;
}
