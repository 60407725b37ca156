import { searchWithPostgres } from "#bench/eval/baselines.ts";
import { findDataFile, readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { processWaitingEpisodes } from "#lib/ingestion/process-episodes.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { isJsonObject } from "#lib/validation.ts";
import { makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";

const CONVERSATIONS = [26, 30, 41, 42, 43, 44];
const QUESTIONS_OF_EACH = 20;
const AIM = { p50: 25, p95: 80 };
/** It has no index for this and takes its time, so it is asked fewer questions. */
const PEER = "PostgreSQL, any word";
const PEER_EVERY = 10;

/**
 * How long one search takes of somebody who has said so many things, in milliseconds, beside PostgreSQL's own ranking of the same
 * messages for any of the words, one question after the other in one run. The person says what the LoCoMo conversations say, over
 * and over, and is asked their questions.
 */
export async function benchSearch(turns: number): Promise<number> {
  const actor = await makeActor();
  const person = await addPerson(actor, turns);
  const questions = CONVERSATIONS.flatMap((conversation) =>
    readTexts("question", `conv-${conversation}.questions.jsonl`).slice(0, QUESTIONS_OF_EACH),
  );
  const searches: Record<string, (query: string) => Promise<unknown>> = {
    turns: (query) => searchGraph(actor, { userId: person.userId }, { ...DEFAULT_SEARCH, query, scope: "episodes" }),
    facts: (query) => searchGraph(actor, { userId: person.userId }, { ...DEFAULT_SEARCH, query }),
    [PEER]: (query) => searchWithPostgres(person.uuid, query, "any", DEFAULT_SEARCH.limit),
  };
  const taken = new Map<string, number[]>(Object.keys(searches).map((name) => [name, []]));
  for (const round of ["warm", "timed"]) {
    for (const [number, query] of questions.entries()) {
      for (const [name, search] of Object.entries(searches)) {
        if (name === PEER && number % PEER_EVERY !== 0) continue;
        const started = performance.now();
        await search(query);
        if (round === "timed") taken.get(name)?.push(performance.now() - started);
      }
    }
  }
  const rows = [...taken].map(([name, times]) => {
    times.sort((a, b) => a - b);
    const take = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    return { search: name, p50: take(0.5), p95: take(0.95) };
  });
  console.table(rows.map(({ search, p50, p95 }) => ({ search, "p50 ms": p50.toFixed(1), "p95 ms": p95.toFixed(1) })));
  const peer = rows.find(({ search }) => search === PEER);
  const own = rows.filter((row) => row !== peer);
  for (const { search, p50 } of own)
    console.log(`${search}: ${(p50 / (peer?.p50 ?? 1)).toFixed(2)} of PostgreSQL's own.`);
  const isMet = own.every(({ p50, p95 }) => p50 <= AIM.p50 && p95 <= AIM.p95);
  console.log(`Aim: p50 ≤ ${AIM.p50} ms and p95 ≤ ${AIM.p95} ms: ${isMet ? "met" : "missed"}.`);
  return isMet ? 0 : 1;
}

/** Somebody who has said so many things, all of them read. */
async function addPerson(actor: Actor, turns: number) {
  const person = await makeUser(actor, { firstName: "Caroline", lastName: "Loquacious" });
  const texts = CONVERSATIONS.flatMap((conversation) => readTexts("content", `conv-${conversation}.jsonl`));
  const inSession = 25;
  for (let from = 0; from < turns; from += inSession) {
    const session = await makeSession(actor, { userUuid: person.uuid });
    const messages = Array.from({ length: Math.min(inSession, turns - from) }, (_, turn) =>
      makeMessage(texts[(from + turn) % texts.length] ?? "", {
        roleType: turn % 2 === 0 ? "user" : "assistant",
        metadata: { dia_id: `D${from + turn}` },
        createdAt: new Date(Date.UTC(2020, 0, 1) + (from + turn) * 3_600_000),
      }),
    );
    await db().$transaction((tx) => appendMessages(tx, session, messages));
  }
  while ((await processWaitingEpisodes(person, rules)).more) process.stderr.write(".");
  process.stderr.write("\n");
  // As the server does by itself within a minute of so much writing.
  await db().$executeRaw`VACUUM ANALYZE`;
  return person;
}

function readTexts(field: string, file: string): string[] {
  return readJsonLines(findDataFile("locomo", file)).flatMap((line) => {
    const text = isJsonObject(line) ? line[field] : undefined;
    return typeof text === "string" ? [text] : [];
  });
}
