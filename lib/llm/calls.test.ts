import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { modelExtractor } from "#lib/extraction/model/extractor.ts";
import { answering, episode, keeping, setting, standIn } from "#lib/extraction/model/stand-in.ts";
import { type Call, recordCall, tokensToday } from "#lib/llm/calls.ts";
import { makeProject } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const CALL: Call = {
  ...{ model: "small", purpose: "facts", outcome: "answered" },
  ...{ inputTokens: 100, outputTokens: 20, duration: 12.5 },
};

test("a day's tokens are those of this project since midnight UTC, both ways", async () => {
  const [mine, other] = [await makeProject(), await makeProject()];
  assert.equal(await tokensToday(mine.uuid), 0);
  await recordCall(mine.uuid, CALL);
  await recordCall(mine.uuid, { ...CALL, outcome: "failed", inputTokens: 0, outputTokens: 0 });
  await recordCall(other.uuid, CALL);
  await db().modelCall.create({ data: { ...CALL, projectUuid: mine.uuid, at: new Date("2026-01-04T23:59:59.999Z") } });
  await db().modelCall.create({ data: { ...CALL, projectUuid: mine.uuid, at: new Date("2026-01-05T00:00:00Z") } });
  assert.equal(await tokensToday(mine.uuid), 120);
  assert.equal(await tokensToday(mine.uuid, new Date("2026-01-05T00:00:00Z")), 240);
});

test("the model is asked until the day's tokens are used up, then rules read without another request", async (t) => {
  const { uuid } = await makeProject();
  const { endpoint, asked } = await standIn(t, "openai-compatible", [{ text: JSON.stringify(answering()) }]);
  const extractor = modelExtractor({
    fallback: keeping().fallback,
    record: (call) => recordCall(uuid, call),
    budget: () => tokensToday(uuid),
    endpoint: { ...endpoint, dailyTokens: 200 },
  });
  const readers: string[] = [];
  for (let n = 0; n < 4; n += 1) readers.push((await extractor.read(episode("Hello."), setting())).extractor);
  assert.deepEqual(readers, ["model", "model", "rules", "rules"]);
  assert.equal(asked.length, 2);
  assert.equal(await db().modelCall.count({ where: { projectUuid: uuid, outcome: "answered" } }), 2);
});
