import assert from "node:assert/strict";
import { test } from "node:test";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { rereadGraph, retryFailedEpisodes } from "#lib/ingestion/mutations.ts";
import { processWaitingEpisodes } from "#lib/ingestion/process-episodes.ts";
import { GRAPH_QUEUE, installQueue, makeQueue } from "#lib/ingestion/queue.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeActor, makeMessage, makeSession } from "#prisma/factories.ts";
import { type KnownPerson, makeJane } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

const url = await openTestDatabase();
const actor = await makeActor();

async function openConversation() {
  const jane = await makeJane(actor);
  const session = await makeSession(actor, { userUuid: jane.uuid });
  return { jane, say: (tx: Tx, words: string) => appendMessages(tx, session, [makeMessage(words)]) };
}

async function listJobs(person: KnownPerson): Promise<string[]> {
  const jobs = await db().$queryRaw<{ state: string }[]>`
    SELECT state::text FROM lethe_queue.job WHERE name = ${GRAPH_QUEUE} AND singleton_key = ${person.uuid} ORDER BY state`;
  return jobs.map(({ state }) => state);
}

/** Has a worker take every job there is, and do nothing with it. */
async function takeJobs(): Promise<void> {
  const boss = makeQueue(url, false);
  await boss.start();
  await boss.fetch(GRAPH_QUEUE, { batchSize: 100 });
  await boss.stop({ graceful: false });
}

test("what waits is queued in the transaction that stores it, once, and once more behind a job at work", async () => {
  const { jane, say } = await openConversation();
  const undone = runInTransaction(async (tx) => {
    await say(tx, "I live in Porto.");
    throw new Error("changed my mind");
  });
  await assert.rejects(undone, /changed my mind/);
  assert.deepEqual(await listJobs(jane), []);
  await runInTransaction((tx) => say(tx, "I live in Porto."));
  await runInTransaction((tx) => say(tx, "I work at Acme."));
  assert.deepEqual(await listJobs(jane), ["created"]);
  await takeJobs();
  await runInTransaction((tx) => say(tx, "I have a dog."));
  assert.deepEqual(await listJobs(jane), ["active", "created"]);
});

test("what is to be read again is queued again, and what is done is not", async () => {
  const { jane, say } = await openConversation();
  await runInTransaction((tx) => say(tx, "I live in Porto."));
  await db().$executeRaw`DELETE FROM lethe_queue.job`;
  await processWaitingEpisodes(jane, rules);
  assert.deepEqual(await listJobs(jane), []);
  await rereadGraph(actor, jane.uuid);
  assert.deepEqual(await listJobs(jane), ["created"]);
  await db().episode.updateMany({ where: { graphUuid: jane.uuid }, data: { failedAt: new Date(), failure: "test" } });
  await db().$executeRaw`DELETE FROM lethe_queue.job`;
  await retryFailedEpisodes(actor, jane.uuid);
  assert.deepEqual(await listJobs(jane), ["created"]);
});

test("whoever works on a graph waits for what is being stored in it, so that nothing is left without a job", async () => {
  const { jane, say } = await openConversation();
  const held = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const storing = runInTransaction(async (tx) => {
    await say(tx, "I live in Porto.");
    written.resolve();
    await held.promise;
  });
  await written.promise;
  const working = processWaitingEpisodes(jane, rules);
  const isWaiting = async () =>
    (await db().$queryRaw<object[]>`SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`).length > 0;
  while (!(await isWaiting())) await new Promise((done) => setTimeout(done, 5));
  held.resolve();
  await storing;
  assert.deepEqual(await working, { done: 1, more: false });
});

test("a queue that an earlier version made is made anew", async () => {
  const boss = makeQueue(url, false);
  await boss.start();
  await boss.deleteQueue(GRAPH_QUEUE);
  await boss.createQueue(GRAPH_QUEUE, { policy: "exclusive" });
  await installQueue(url);
  assert.equal((await boss.getQueue(GRAPH_QUEUE))?.policy, "stately");
  await boss.stop({ graceful: false });
});
