import pg from "pg";
import { db } from "#lib/db/client.ts";
import { getOwnerUrl } from "#lib/env.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { CHAPTERS } from "#prisma/sample-conversations.ts";

/** How much each person says, and how much of it comes in one call. */
const SAID_BY_EACH = 200;
const IN_A_CALL = 20;
const SAMPLE_EVERY = 2_000;
const AIM = 400;

/**
 * How many messages a second become memory, end to end: stored, queued, read by rules, kept with their facts and summaries,
 * by two workers of one process; beside the bare insertion of the very rows that this leaves. And how memory use goes on.
 */
export async function benchIngest(messages: number): Promise<number> {
  const { projectUuid, people } = await addSpeech(messages);
  const worker = await startWorker();
  const sizes: number[] = [];
  const started = Date.now();
  for (;;) {
    const left = await db().episode.count({ where: { projectUuid, processedAt: null, failedAt: null } });
    sizes.push(process.memoryUsage().rss / 1_048_576);
    if (process.stderr.isTTY) process.stderr.write(`\r${messages - left} of ${messages}\u001b[K`);
    if (left === 0) break;
    await new Promise((done) => setTimeout(done, SAMPLE_EVERY));
  }
  await worker.stop();
  // Looked at every so often, the last message would seem to take as long as it takes to look again.
  const { _max: last } = await db().episode.aggregate({ where: { projectUuid }, _max: { processedAt: true } });
  const seconds = ((last.processedAt?.getTime() ?? Date.now()) - started) / 1_000;
  const floor = await insertRowsDirectly(projectUuid, people);
  const [made] = await db().$queryRaw<{ facts: number; claims: number; failed: number }[]>`
    SELECT (SELECT count(*)::int FROM edges WHERE project_uuid = ${projectUuid}::uuid) AS facts,
      (SELECT count(*)::int FROM claims WHERE project_uuid = ${projectUuid}::uuid) AS claims,
      (SELECT count(*)::int FROM episodes WHERE project_uuid = ${projectUuid}::uuid AND failed_at IS NOT NULL) AS failed`;
  const rate = messages / seconds;
  const [early = 0, late = 0] = [
    computeMean(sizes.slice(Math.floor(sizes.length / 4), Math.floor(sizes.length / 2))),
    computeMean(sizes.slice(-Math.ceil(sizes.length / 4))),
  ];
  console.table([
    { figure: "messages", value: messages, people: people.length },
    { figure: "messages/s, end to end", value: rate.toFixed(0), aim: `≥ ${AIM}: ${rate >= AIM ? "met" : "missed"}` },
    {
      figure: "bare inserts of the same rows, messages/s",
      value: (messages / floor).toFixed(0),
      ratio: (floor / seconds).toFixed(2),
    },
    { figure: "facts, claims, failed", value: `${made?.facts}, ${made?.claims}, ${made?.failed}` },
    { figure: "memory, second and last quarter (MB)", value: `${early.toFixed(0)}, ${late.toFixed(0)}` },
  ]);
  return rate >= AIM && made?.failed === 0 ? 0 : 1;
}

/** Has people say so many messages, which then wait. */
async function addSpeech(messages: number): Promise<{ projectUuid: string; people: string[] }> {
  const actor = await makeActor();
  const lines = CHAPTERS.flatMap(({ turns }) => turns);
  const people: string[] = [];
  for (let from = 0; from < messages; from += SAID_BY_EACH) {
    const user = await makeUser(actor, { firstName: "Ada", lastName: `No. ${people.length}` });
    people.push(user.uuid);
    const session = await makeSession(actor, { userUuid: user.uuid });
    for (let call = 0; call < Math.min(SAID_BY_EACH, messages - from); call += IN_A_CALL) {
      const turns = Array.from({ length: Math.min(IN_A_CALL, messages - from - call) }, (_, turn) => {
        const number = from + call + turn;
        const words = (lines[number % lines.length] ?? "").replaceAll(
          /\{(\w+)\}/g,
          (_all, slot) => `${slot[0].toUpperCase()}${slot.slice(1)}${number % 17}`,
        );
        const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 30_000);
        return makeMessage(words, { createdAt, roleType: turn % 2 === 0 ? "user" : "assistant" });
      });
      await db().$transaction((tx) => appendMessages(tx, session, turns));
    }
  }
  // As the server does by itself within a minute of so much writing.
  await db().$executeRaw`ANALYZE`;
  return { projectUuid: actor.projectUuid, people };
}

/** Inserts what was made once more, into tables alike, with nothing worked out. @returns the seconds it took. */
async function insertRowsDirectly(projectUuid: string, people: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: getOwnerUrl() });
  await client.connect();
  const tables = ["nodes", "edges", "claims", "node_episodes"];
  for (const table of tables) await client.query(`CREATE TABLE bench_${table} (LIKE ${table} INCLUDING ALL)`);
  let spent = 0;
  for (const graph of people) {
    for (const table of tables) {
      const { rows } = await client.query(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE project_uuid = $1 AND graph_uuid = $2`,
        [projectUuid, graph],
      );
      const packed = JSON.stringify(rows.map(({ row }) => row));
      const started = performance.now();
      await client.query(
        `INSERT INTO bench_${table} SELECT * FROM jsonb_populate_recordset(NULL::bench_${table}, $1::jsonb)`,
        [packed],
      );
      spent += performance.now() - started;
    }
  }
  for (const table of tables) await client.query(`DROP TABLE bench_${table}`);
  await client.end();
  return spent / 1_000;
}

function computeMean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
