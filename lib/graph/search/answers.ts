import { BOOLEAN, readRows, type Shape, TEXT } from "#lib/db/rows.ts";
import { inGraph, inProject } from "#lib/db/scope.ts";
import type { GraphKey, GraphSearch } from "#lib/graph/schema.ts";
import { listAskedTerms } from "#lib/graph/search/asked-terms.ts";
import { scoreFacts } from "#lib/graph/search/fact-scores.ts";
import type { Anchor, Period } from "#lib/graph/search/period.ts";
import { parseQuestion, type Question, type SpeakerName } from "#lib/graph/search/question.ts";
import { readSizes } from "#lib/graph/search/sizes.ts";
import { readTurns, scoreTurns, type TurnScore } from "#lib/graph/search/turn-scores.ts";

/** What answers a question by words, place and time, before any filter. */
export interface Answers {
  question: Question;
  /** Best first. */
  turns: TurnScore[];
  /** By the uuids of facts: what their own words score, and what the turns add to it that they rest on. */
  facts: Map<string, FactScore>;
}

interface FactScore {
  words: number;
  turn: number;
}

/** What the score of a fact's turn adds to that of its own words. */
const TURN = 1.5;

/**
 * Finds what answers a question in a graph: turns by their words, those around them and the facts that rest on them; facts by
 * their words and their turns, also such as have no word of the question themselves.
 */
export async function findAnswers(
  graph: GraphKey,
  { query, askedAt }: Pick<GraphSearch, "query" | "askedAt">,
): Promise<Answers> {
  const asked = parseQuestion(query, await listSpeakers(graph), askedAt ?? new Date());
  const question = asked.anchor ? { ...asked, period: await findPeriodOf(graph, asked.anchor) } : asked;
  const { turns, facts } = await scoreQuestion(graph, question);
  const scores = new Map([...facts].map(([uuid, words]): [string, FactScore] => [uuid, { words, turn: 0 }]));
  for (const [uuid, score] of await findFactsOfTurns(graph, turns))
    scores.set(uuid, { words: facts.get(uuid) ?? 0, turn: TURN * score });
  return { question, turns, facts: scores };
}

async function scoreQuestion(graph: GraphKey, question: Question) {
  const [terms, sizes] = await Promise.all([
    listAskedTerms(readRows, question.text, question.anchor?.text),
    readSizes(readRows, graph),
  ]);
  const [facts, reading] = await Promise.all([
    scoreFacts(readRows, graph, terms, sizes.facts),
    readTurns(readRows, graph, question, terms),
  ]);
  return { facts, turns: await scoreTurns(readRows, graph, question, terms, reading, sizes.turns, facts) };
}

/** What lies before or after that which happened: the best turn that tells of it says when. */
async function findPeriodOf(graph: GraphKey, { side, text }: Anchor): Promise<Period | null> {
  const { turns } = await scoreQuestion(graph, parseQuestion(text, []));
  const [best] = turns;
  if (!best) return null;
  return side === "before"
    ? { kind: "range", from: null, until: best.at }
    : { kind: "range", from: best.at, until: null };
}

/** The facts that rest on turns, each with the score of the best. */
async function findFactsOfTurns(graph: GraphKey, turns: readonly TurnScore[]): Promise<Map<string, number>> {
  const scores = new Map(turns.map(({ uuid, score }) => [uuid, score]));
  const found = await readRows({ fact: TEXT, turn: TEXT })`
    SELECT DISTINCT edge_uuid AS fact, episode_uuid AS turn FROM claims
    WHERE ${inGraph(graph)} AND edge_uuid IS NOT NULL AND episode_uuid = ANY(${[...scores.keys()]}::uuid[])`;
  const best = new Map<string, number>();
  for (const { fact, turn } of found) best.set(fact, Math.max(best.get(fact) ?? 0, scores.get(turn) ?? 0));
  return best;
}

/** The names of the speakers are read from the beginning of a history, because a long one repeats the same few. */
const TURNS_LOOKED_AT = 200;

const SPEAKER_NAME_SHAPE: Shape<SpeakerName> = { name: TEXT, isPerson: BOOLEAN };

/** Who speaks in a graph's conversations: the person, and whom the turns name. */
async function listSpeakers(graph: GraphKey): Promise<SpeakerName[]> {
  const { uuid } = graph;
  const own = inProject(graph);
  return readRows(SPEAKER_NAME_SHAPE)`
    SELECT first_name AS name, TRUE AS "isPerson" FROM users WHERE ${own} AND uuid = ${uuid}::uuid AND length(first_name) > 1
    UNION
    SELECT turn.role, FALSE FROM (
      SELECT role FROM messages WHERE ${own} AND user_uuid = ${uuid}::uuid LIMIT ${TURNS_LOOKED_AT}
    ) turn WHERE length(turn.role) > 1 AND lower(turn.role) NOT IN (
      SELECT lower(coalesce(first_name, '')) FROM users WHERE ${own} AND uuid = ${uuid}::uuid)`;
}
