import { z } from "zod";
import { byPostgres, PlainBm25, stemsOf } from "#bench/eval/baselines.ts";
import { dataFile, jsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { rules } from "#lib/extraction/rules/extractor.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { MessageNames } from "#lib/imports/message-names.ts";
import { importRecords } from "#lib/imports/mutations.ts";
import { parseLine } from "#lib/imports/records.ts";
import { workOff } from "#lib/ingestion/working.ts";

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
const RANKERS = ["ours", "plain BM25", "PostgreSQL, any word", "PostgreSQL, all words"] as const;

const questionSchema = z.object({ question: z.string(), category: z.number(), evidence: z.array(z.string()) });
const turnSchema = z.object({ dia_id: z.string() });

interface Asked {
  ranker: (typeof RANKERS)[number];
  conversation: number;
  category: number;
  /** The share of the evidence among the best so many turns. */
  recall: Record<number, number>;
  milliseconds: number;
}

export interface RecallRow {
  ranker: string;
  questions: string;
  asked: number;
  "recall@5": number;
  "recall@10": number;
  "recall@20": number;
}

/** Turn-level recall on the LoCoMo conversations (Maharana et al., ACL 2024), beside the baselines, in one run. */
export async function evaluateRecall(
  actor: Actor,
): Promise<{ rows: RecallRow[]; held: number; p50: number; p95: number }> {
  const asked: Asked[] = [];
  for (const conversation of [...TUNED_ON, ...HELD_OUT]) {
    process.stderr.write(`conversation ${conversation}\n`);
    asked.push(...(await askAll(actor, conversation)));
  }
  const of = (ranker: string, keep: (one: Asked) => boolean, name: string): RecallRow => {
    const some = asked.filter((one) => one.ranker === ranker && keep(one));
    const at = (depth: number) =>
      Number(((100 * some.reduce((sum, { recall }) => sum + (recall[depth] ?? 0), 0)) / some.length).toFixed(1));
    return { ranker, questions: name, asked: some.length, "recall@5": at(5), "recall@10": at(10), "recall@20": at(20) };
  };
  const held = (one: Asked) => HELD_OUT.includes(one.conversation);
  const rows = [
    ...RANKERS.flatMap((ranker) => [
      of(ranker, (one) => !held(one), "tuned on (26, 30)"),
      of(ranker, held, "held out (41–44)"),
      of(ranker, () => true, "all six"),
    ]),
    ...Object.entries(CATEGORIES).map(([category, name]) =>
      of("ours", (one) => held(one) && one.category === Number(category), `held out, ${name}`),
    ),
  ];
  const times = asked
    .filter(({ ranker }) => ranker === "ours")
    .map(({ milliseconds }) => milliseconds)
    .sort((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => times[Math.floor(times.length * share)]);
  return { rows, held: of("ours", held, "")["recall@10"], p50, p95 };
}

async function askAll(actor: Actor, conversation: number): Promise<Asked[]> {
  const { userId, userUuid, turns } = await remember(actor, conversation);
  const stems = await stemsOf(turns.map(({ text }) => text));
  const plain = new PlainBm25(turns.map(({ id }, index) => ({ id, words: stems[index] ?? [] })));
  const known = new Set(turns.map(({ id }) => id));
  const asked: Asked[] = [];
  for (const line of jsonLines(dataFile("locomo", `conv-${conversation}.questions.jsonl`))) {
    const { question, category, evidence } = questionSchema.parse(line);
    const wanted = evidence.filter((id) => known.has(id));
    if (wanted.length === 0) continue;
    const [words = []] = await stemsOf([question]);
    const search: Record<(typeof RANKERS)[number], () => Promise<string[]>> = {
      ours: async () => {
        const { episodes } = await searchGraph(
          actor,
          { userId },
          { ...DEFAULT_SEARCH, query: question, scope: "episodes", limit: DEEPEST },
        );
        return episodes.map(({ metadata }) => turnSchema.parse(metadata).dia_id);
      },
      "plain BM25": async () => plain.search(words, DEEPEST),
      "PostgreSQL, any word": () => byPostgres(userUuid, question, "any", DEEPEST),
      "PostgreSQL, all words": () => byPostgres(userUuid, question, "all", DEEPEST),
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
  return asked;
}

/** Imports a conversation and has it understood. */
async function remember(actor: Actor, conversation: number) {
  const lines = jsonLines(dataFile("locomo", `conv-${conversation}.jsonl`)).map((line) => JSON.stringify(line));
  const records = lines.flatMap((line, index) => {
    const parsed = parseLine(line);
    return "record" in parsed ? [{ line: index + 1, record: parsed.record }] : [];
  });
  await importRecords(actor, records, new MessageNames());
  const userId = `locomo-${conversation}`;
  const { projectUuid } = actor;
  const user = await db().user.findUniqueOrThrow({
    where: { projectUuid_userId: { projectUuid, userId } },
    select: { uuid: true },
  });
  while ((await workOff({ projectUuid, uuid: user.uuid }, rules)) > 0);
  await db().$executeRaw`ANALYZE`;
  const turns = records.flatMap(({ record }) =>
    record.type === "message"
      ? [{ id: turnSchema.parse(record.metadata).dia_id, text: `${record.role}: ${record.content}` }]
      : [],
  );
  return { userId, userUuid: user.uuid, turns };
}
