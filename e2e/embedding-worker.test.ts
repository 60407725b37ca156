import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { type FakeReply, startFakeModelServer } from "#e2e/model-server.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { makeChildEnvironment, setEnv } from "#lib/env.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeActor, makeMessage, makeSession } from "#prisma/factories.ts";
import { makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

test("with the endpoint down episodes are processed all the same, and once it is up everything is caught up on, what was there before as well", {
  timeout: 120_000,
}, async (t) => {
  const [old, jane] = [await makeJane(actor), await makeJane(actor)];
  await rememberTurns(old, ["I bought a car."]);
  const replies: [FakeReply] = [{ status: 503 }];
  const { url: model, asked } = await startFakeModelServer(t, "openai-compatible", replies);
  const settings = { LLM_BASE_URL: model, LLM_EMBEDDING_MODEL: "toy" };
  const env = makeChildEnvironment({
    ...settings,
  });
  const stdio: ["ignore", "ignore", "pipe"] = ["ignore", "ignore", "pipe"];
  const worker = spawn(process.execPath, [resolve(import.meta.dirname, "../scripts/worker.ts")], { env, stdio });
  t.after(() => worker.kill("SIGTERM"));
  let logged = "";
  worker.stderr.on("data", (chunk: Buffer) => {
    logged += chunk.toString();
  });
  const session = await makeSession(actor, { userUuid: jane.uuid });
  await db().$transaction((tx) => appendMessages(tx, session, [makeMessage("I bought a car.")]));
  await pollUntil(
    () => db().episode.count({ where: { graphUuid: jane.uuid, processedAt: null } }),
    (left) => left === 0,
  );
  await pollUntil(async () => logged.includes("[embeddings] model_unavailable"), Boolean);
  assert.ok(asked.length > 0);
  assert.equal(await db().embedding.count(), 0);
  assert.doesNotMatch(logged, /car/);
  replies[0] = "vectors";
  setEnv(settings);
  for (const { userId } of [old, jane]) {
    const search = { ...DEFAULT_SEARCH, query: "conveyance", scope: "episodes" } as const;
    await pollUntil(
      () => searchGraph(actor, { userId }, search),
      ({ episodes }) => episodes.length === 1,
    );
  }
});
