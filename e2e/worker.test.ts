import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { makeChildEnvironment } from "#lib/env.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeActor, makeMessage, makeSession } from "#prisma/factories.ts";
import { describeGraph, makeJane, processAll } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

function startWorker(): ChildProcess {
  const env = makeChildEnvironment({});
  return spawn(process.execPath, [resolve(import.meta.dirname, "../scripts/worker.ts")], { env, stdio: "ignore" });
}

async function countProcessed(): Promise<number> {
  return db().episode.count({ where: { projectUuid: actor.projectUuid, processedAt: { not: null } } });
}

test("killed in the midst of it, the work goes on with the next worker and counts once", {
  timeout: 180_000,
}, async () => {
  const [people, twin] = [await Promise.all([1, 2, 3].map(() => makeJane(actor))), await makeJane(await makeActor())];
  const contents = Array.from(
    { length: 600 },
    (_, number) => `I bought a Gadget${number} and my sister Anna loves Place${number % 7}.`,
  );
  for (const person of [...people, twin]) {
    const session = await makeSession(person.actor, { userUuid: person.uuid });
    const messages = contents.map((content, index) =>
      makeMessage(content, { createdAt: new Date(Date.UTC(2026, 0, 5) + index * 60_000) }),
    );
    await db().$transaction((tx) => appendMessages(tx, session, messages), { timeout: 60_000 });
  }
  const [first, second] = [startWorker(), startWorker()];
  await pollUntil(countProcessed, (count) => count > 0);
  first.kill("SIGKILL");
  const third = startWorker();
  await pollUntil(countProcessed, (count) => count === people.length * contents.length);
  for (const worker of [second, third]) worker.kill("SIGTERM");
  await processAll(twin);
  for (const person of people) assert.deepEqual(await describeGraph(person), await describeGraph(twin));
});
