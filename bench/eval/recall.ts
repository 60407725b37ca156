import { z } from "zod";
import { listStems, PlainBm25, searchWithPostgres } from "#bench/eval/baselines.ts";
import { importConversation, turnSchema } from "#bench/eval/conversation.ts";
import { findDataFile, readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { readRows, TEXT } from "#lib/db/rows.ts";
import { splitSentences, tokenizeText } from "#lib/extraction/syntax/tokenize.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { SAID } from "#lib/relations.ts";

/** The ranking's weights were chosen on these two alone. */
const TUNED_ON = [26, 30];
const HELD_OUT = [41, 42, 43, 44];
const CATEGORIES: Record<number, string> = {
  1: "multi-hop",
  2: "temporal",
  3: "open",
  4: "single-hop",
  5: "adversarial",
};
const DEPTHS = [5, 10, 20] as const;
const DEEPEST = 20;
const RANKERS = ["ours", "our facts", "plain BM25", "PostgreSQL, any word", "PostgreSQL, all words"] as const;

const questionSchema = z.object({ question: z.string(), category: z.number(), evidence: z.array(z.string()) });

interface Asked {
  ranker: (typeof RANKERS)[number];
  conversation: number;
  category: number;
  /** The share of the evidence among the best so many turns. */
  recall: Record<number, number>;
  milliseconds: number;
}

interface RecallRow {
  ranker: string;
  questions: string;
  asked: number;
  "recall@5": number;
  "recall@10": number;
  "recall@20": number;
}

/** Turn-level recall on the LoCoMo conversations (Maharana et al., ACL 2024), beside the baselines, in one run. */
export async function evaluateRecall(actor: Actor): Promise<RecallResult> {
  const asked: Asked[] = [];
  const quoting = { kept: 0, sentences: 0, quoted: 0, evidence: 0 };
  for (const conversation of [...TUNED_ON, ...HELD_OUT]) {
    process.stderr.write(`conversation ${conversation}\n`);
    const told = await askAllQuestions(actor, conversation);
    asked.push(...told.asked);
    if (!HELD_OUT.includes(conversation)) continue;
    quoting.kept += told.quotes;
    quoting.sentences += told.sentences;
    quoting.quoted += told.quotedEvidence;
    quoting.evidence += told.evidence;
  }
  const summarizeRanker = (ranker: string, keep: (one: Asked) => boolean, name: string): RecallRow => {
    const some = asked.filter((one) => one.ranker === ranker && keep(one));
    const averageRecall = (depth: number) =>
      Number(((100 * some.reduce((sum, { recall }) => sum + (recall[depth] ?? 0), 0)) / some.length).toFixed(1));
    return {
      ranker,
      questions: name,
      asked: some.length,
      "recall@5": averageRecall(5),
      "recall@10": averageRecall(10),
      "recall@20": averageRecall(20),
    };
  };
  const isHeldOut = (one: Asked) => HELD_OUT.includes(one.conversation);
  const rows = [
    ...RANKERS.flatMap((ranker) => [
      summarizeRanker(ranker, (one) => !isHeldOut(one), "tuned on (26, 30)"),
      summarizeRanker(ranker, isHeldOut, "held out (41–44)"),
      summarizeRanker(ranker, () => true, "all six"),
    ]),
    ...Object.entries(CATEGORIES).map(([category, name]) =>
      summarizeRanker("ours", (one) => isHeldOut(one) && one.category === Number(category), `held out, ${name}`),
    ),
  ];
  const times = asked
    .filter(({ ranker }) => ranker === "ours")
    .map(({ milliseconds }) => milliseconds)
    .sort((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => times[Math.floor(times.length * share)]);
  const share = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;
  return {
    rows,
    held: summarizeRanker("ours", isHeldOut, "")["recall@10"],
    facts: summarizeRanker("our facts", isHeldOut, "")["recall@10"],
    kept: share(quoting.kept, quoting.sentences),
    quoted: share(quoting.quoted, quoting.evidence),
    p50,
    p95,
  };
}

/** Shares are percentages of the conversations that nothing was tuned on. */
interface RecallResult {
  rows: RecallRow[];
  /** Turns among the first ten, and turns that the first ten facts rest on. */
  held: number;
  facts: number;
  /** Of all sentences those that are quoted, and of the turns asked for those that a quotation is from. */
  kept: number;
  quoted: number;
  p50: number;
  p95: number;
}

async function askAllQuestions(actor: Actor, conversation: number) {
  const { userId, userUuid, turns } = await importConversation(actor, conversation);
  const stems = await listStems(turns.map(({ text }) => text));
  const plain = new PlainBm25(turns.map(({ id }, index) => ({ id, words: stems[index] ?? [] })));
  const known = new Set(turns.map(({ id }) => id));
  const turnsOf = await listTurnsOfEpisodes(userUuid);
  const quotes = await listQuotedTurns(userUuid);
  const quotedTurns = new Set(quotes.map(({ turn }) => turn));
  const evidenceTurns = new Set<string>();
  const asked: Asked[] = [];
  for (const line of readJsonLines(findDataFile("locomo", `conv-${conversation}.questions.jsonl`))) {
    const { question, category, evidence } = questionSchema.parse(line);
    const wanted = evidence.filter((id) => known.has(id));
    if (wanted.length === 0) continue;
    if (CATEGORIES[category] !== "adversarial") for (const id of wanted) evidenceTurns.add(id);
    const [words = []] = await listStems([question]);
    const search: Record<(typeof RANKERS)[number], () => Promise<string[]>> = {
      ours: async () => {
        const { episodes } = await searchGraph(
          actor,
          { userId },
          { ...DEFAULT_SEARCH, query: question, scope: "episodes", limit: DEEPEST },
        );
        return episodes.map(({ metadata }) => turnSchema.parse(metadata).dia_id);
      },
      "our facts": async () => {
        const { edges } = await searchGraph(actor, { userId }, { ...DEFAULT_SEARCH, query: question, limit: DEEPEST });
        return edges.map(({ episodes }) => turnsOf.get(episodes[0] ?? "") ?? "");
      },
      "plain BM25": async () => plain.search(words, DEEPEST),
      "PostgreSQL, any word": () => searchWithPostgres(userUuid, question, "any", DEEPEST),
      "PostgreSQL, all words": () => searchWithPostgres(userUuid, question, "all", DEEPEST),
    };
    for (const ranker of RANKERS) {
      const started = performance.now();
      const found = await search[ranker]();
      const milliseconds = performance.now() - started;
      const recall = Object.fromEntries(
        DEPTHS.map((depth) => [
          depth,
          wanted.filter((id) => found.slice(0, depth).includes(id)).length / wanted.length,
        ]),
      );
      asked.push({ ranker, conversation, category, recall, milliseconds });
    }
  }
  return {
    asked,
    quotes: quotes.length,
    sentences: turns.reduce((count, { text }) => count + countSentences(text), 0),
    quotedEvidence: [...evidenceTurns].filter((id) => quotedTurns.has(id)).length,
    evidence: evidenceTurns.size,
  };
}

function countSentences(text: string): number {
  return splitSentences(text, tokenizeText(text)).length;
}

/** The turn of each episode, by its uuid. */
async function listTurnsOfEpisodes(userUuid: string): Promise<Map<string, string>> {
  const found = await readRows({ uuid: TEXT, turn: TEXT })`
    SELECT m.uuid, m.metadata->>'dia_id' AS turn FROM messages m WHERE m.user_uuid = ${userUuid}::uuid`;
  return new Map(found.map(({ uuid, turn }) => [uuid, turn]));
}

function listQuotedTurns(userUuid: string): Promise<{ turn: string }[]> {
  return readRows({ turn: TEXT })`
    SELECT m.metadata->>'dia_id' AS turn FROM claims c JOIN messages m ON m.project_uuid = c.project_uuid AND m.uuid = c.episode_uuid
    WHERE c.graph_uuid = ${userUuid}::uuid AND c.name = ${SAID}`;
}
