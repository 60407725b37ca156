import { join } from "node:path";
import { z } from "zod";
import { listStems, PlainBm25 } from "#bench/eval/baselines.ts";
import { importConversation, turnSchema } from "#bench/eval/conversation.ts";
import { readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { countTokens } from "#lib/memory/context.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeMessage, makeSession } from "#prisma/factories.ts";

const contextSchema = z.object({ conversation: z.number(), question: z.string(), answer: z.string() });
const timeSchema = z.object({
  conversation: z.number(),
  kind: z.string(),
  asked_at: z.iso.datetime(),
  question: z.string(),
  evidence: z.array(z.string()),
});

/** Questions of our own about conversations that nothing was tuned on. */
const QUESTIONS = readLines("context-questions.jsonl", contextSchema);
const TIME_QUESTIONS = readLines("time-questions.jsonl", timeSchema);
const AT = 10;

interface ContextResult {
  /** Questions whose answer's words are all in the block. */
  answered: number;
  asked: number;
  mostTokens: number;
  times: { kind: string; asked: number; "recall@10": number; "plain BM25": number }[];
}

/**
 * Whether the context block holds the words of the answer, for questions that a user asks in a new conversation; and how many
 * of the turns that a question about a time asks for are found, beside plain BM25.
 */
export async function evaluateContext(actor: Actor): Promise<ContextResult> {
  const result: ContextResult = { answered: 0, asked: 0, mostTokens: 0, times: [] };
  const found = new Map<string, { ours: number; plain: number }[]>();
  for (const conversation of new Set([...QUESTIONS, ...TIME_QUESTIONS].map((question) => question.conversation))) {
    process.stderr.write(`conversation ${conversation}\n`);
    const { userId, userUuid, turns } = await importConversation(actor, conversation);
    const stems = await listStems(turns.map(({ text }) => text));
    const plain = new PlainBm25(turns.map(({ id }, index) => ({ id, words: stems[index] ?? [] })));
    for (const { kind, question, asked_at, evidence } of TIME_QUESTIONS.filter(
      (one) => one.conversation === conversation,
    )) {
      const search = { ...DEFAULT_SEARCH, query: question, scope: "episodes" as const, askedAt: new Date(asked_at) };
      const { episodes } = await searchGraph(actor, { userId }, search);
      const [words = []] = await listStems([question]);
      const share = (ids: string[]) => evidence.filter((id) => ids.includes(id)).length / Math.min(AT, evidence.length);
      const ours = share(episodes.map(({ metadata }) => turnSchema.parse(metadata).dia_id));
      found.set(kind, [...(found.get(kind) ?? []), { ours, plain: share(plain.search(words, AT)) }]);
    }
    for (const { question, answer } of QUESTIONS.filter((one) => one.conversation === conversation)) {
      const context = await askInNewConversation(actor, userUuid, question);
      const [wanted = [], held = []] = await listStems([answer, context]);
      result.asked += 1;
      result.answered += wanted.every((word) => held.includes(word)) ? 1 : 0;
      result.mostTokens = Math.max(result.mostTokens, countTokens(context));
    }
  }
  const average = (values: number[]) =>
    Number(((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(1));
  const rows = [...found, ["all", [...found.values()].flat()] as const];
  result.times = rows.map(([kind, some]) => ({
    kind,
    asked: some.length,
    "recall@10": average(some.map(({ ours }) => ours)),
    "plain BM25": average(some.map(({ plain }) => plain)),
  }));
  return result;
}

async function askInNewConversation(actor: Actor, userUuid: string, question: string): Promise<string> {
  const session = await makeSession(actor, { userUuid });
  await db().$transaction((tx) => appendMessages(tx, session, [makeMessage(question, { createdAt: new Date() })]));
  const { sessionId } = await db().session.findUniqueOrThrow({
    where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: session.uuid } },
    select: { sessionId: true },
  });
  const { context } = await recallMemory(actor, sessionId);
  // The question itself is no memory of the person.
  await db().session.delete({ where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: session.uuid } } });
  return context;
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  return readJsonLines(join(import.meta.dirname, file)).map((line) => schema.parse(line));
}
