import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAnswer, makeEpisode, makeExtractorKeep, makeSetting, startFakeModelServer } from "#e2e/model-server.ts";
import { db } from "#lib/db/client.ts";
import { makeModelExtractor } from "#lib/extraction/model/extractor.ts";
import { type Call, countTokensToday, recordCall } from "#lib/llm/calls.ts";
import { makeProject } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const CALL: Call = {
  ...{ model: "small", purpose: "facts", outcome: "answered" },
  ...{ inputTokens: 100, outputTokens: 20, duration: 12.5 },
};

test("a day's tokens are those of this project since midnight UTC, both ways", async () => {
  const [mine, other] = [await makeProject(), await makeProject()];
  assert.equal(await countTokensToday(mine.uuid), 0);
  await recordCall(mine.uuid, CALL);
  await recordCall(mine.uuid, { ...CALL, outcome: "failed", inputTokens: 0, outputTokens: 0 });
  await recordCall(other.uuid, CALL);
  await db().modelCall.create({ data: { ...CALL, projectUuid: mine.uuid, at: new Date("2026-01-04T23:59:59.999Z") } });
  await db().modelCall.create({ data: { ...CALL, projectUuid: mine.uuid, at: new Date("2026-01-05T00:00:00Z") } });
  assert.equal(await countTokensToday(mine.uuid), 120);
  assert.equal(await countTokensToday(mine.uuid, new Date("2026-01-05T00:00:00Z")), 240);
});

test("the model is asked until the day's tokens are used up, then rules read without another request", async (t) => {
  const { uuid } = await makeProject();
  const { endpoint, asked } = await startFakeModelServer(t, "openai-compatible", [
    { text: JSON.stringify(makeAnswer()) },
  ]);
  const extractor = makeModelExtractor({
    fallback: makeExtractorKeep().fallback,
    record: (call) => recordCall(uuid, call),
    budget: () => countTokensToday(uuid),
    endpoint: { ...endpoint, dailyTokens: 200 },
  });
  const readers: string[] = [];
  for (let n = 0; n < 4; n += 1) readers.push((await extractor.read(makeEpisode("Hello."), makeSetting())).extractor);
  assert.deepEqual(readers, ["model", "model", "rules", "rules"]);
  assert.equal(asked.length, 2);
  assert.equal(await db().modelCall.count({ where: { projectUuid: uuid, outcome: "answered" } }), 2);
});
