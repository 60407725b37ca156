import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type FakeReply,
  makeAnswer,
  makeAnswerFact,
  makeEpisode,
  makeExtractorKeep,
  makeSetting,
  startFakeModelServer,
} from "#e2e/model-server.ts";
import { makeModelExtractor } from "#lib/extraction/model/extractor.ts";

const BERLIN = makeAnswer({
  entities: [
    { name: "Jane Doe", kind: "Person" },
    { name: "Berlin", kind: "place" },
  ],
  facts: [makeAnswerFact("Jane Doe", "LIVES_IN", "Berlin", { valid_at: "2026-01-05T10:00:00Z" })],
});
const GOOD: FakeReply = { text: JSON.stringify(BERLIN) };
const COUNTED = { inputTokens: 100, outputTokens: 20 };
const UNKNOWN = { inputTokens: 0, outputTokens: 0 };

for (const provider of ["openai-compatible", "anthropic"] as const) {
  const openReader = async (
    context: Parameters<typeof startFakeModelServer>[0],
    replies: FakeReply[],
    changes = {},
  ) => {
    const { endpoint, asked } = await startFakeModelServer(context, provider, replies);
    const kept = makeExtractorKeep();
    const extractor = makeModelExtractor({ ...kept, endpoint: { ...endpoint, ...changes } });
    const readEpisode = (said = "I live in Berlin.", about = makeSetting()) => extractor.read(makeEpisode(said), about);
    return { ...kept, asked, read: readEpisode, outcomes: () => kept.calls.map(({ outcome }) => outcome) };
  };

  test(`${provider}: a good answer becomes facts about the person, and its cost is kept`, async (t) => {
    const { read, calls, asked } = await openReader(t, [GOOD]);
    const reading = await read();
    assert.equal(reading.extractor, "model");
    assert.deepEqual(reading.nodes, [{ name: "Berlin", labels: ["Place"] }]);
    assert.deepEqual(reading.facts, [
      {
        ...{ kind: "holds", source: null, target: "Berlin", name: "LIVES_IN", fact: "{subject} lives in {object}" },
        ...{ single: true, validAt: new Date("2026-01-05T10:00:00Z"), invalidAt: null, confidence: 0.9 },
      },
    ]);
    const [call] = calls;
    assert.ok(call && call.duration > 0);
    const model = provider === "anthropic" ? "claude-sonnet-4-5" : "small";
    assert.deepEqual(
      { ...call, duration: 0 },
      { model, purpose: "facts", outcome: "answered", ...COUNTED, duration: 0 },
    );
    assert.ok(asked[0]?.body.includes("json_schema"), "the schema goes with the request");
    const key = provider === "anthropic" ? asked[0]?.headers["x-api-key"] : asked[0]?.headers.authorization;
    assert.match(key?.toString() ?? "", /^(Bearer )?secret$/);
  });

  test(`${provider}: fences, chatter, thoughts and broken JSON are mended without another request`, async (t) => {
    const json = JSON.stringify(BERLIN, null, 2);
    const spoilt = [
      `Here you are:\n\`\`\`json\n${json}\n\`\`\`\nAnything else?`,
      `<think>What of {this}?</think>Sure! ${json} Done.`,
      json.replaceAll('"', "'"),
      json.replace(/\}\s*$/, ",}"),
      json.slice(0, -1),
    ];
    for (const text of spoilt) {
      const { read, outcomes } = await openReader(t, [{ text }]);
      assert.equal((await read()).facts.length, 1, text);
      assert.deepEqual(outcomes(), ["repaired"]);
    }
  });

  test(`${provider}: an unreadable answer is asked for once more, with what was wrong with it`, async (t) => {
    const { read, outcomes, asked } = await openReader(t, [{ text: '{"entities": 3}' }, GOOD]);
    assert.equal((await read()).extractor, "model");
    assert.deepEqual(outcomes(), ["failed", "answered"]);
    assert.ok(asked[1]?.body.includes("expected array, received number"));
  });

  test(`${provider}: after two unreadable answers the rules read, and both requests are paid for`, async (t) => {
    const { read, calls, codes } = await openReader(t, [{ text: "I would rather not." }, { text: "", ends: "length" }]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_unreadable"]);
    assert.deepEqual(
      calls.map(({ inputTokens }) => inputTokens),
      [100, 100],
    );
  });

  test(`${provider}: a refusal is not argued with: the rules read`, async (t) => {
    const { read, codes, outcomes, asked } = await openReader(t, [
      { text: "I cannot help with that.", ends: "refusal" },
    ]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_refused"]);
    assert.deepEqual(outcomes(), ["refused"]);
    assert.equal(asked.length, 1);
    const filtered = await openReader(t, [{ status: 400, body: { error: { message: "no", code: "content_filter" } } }]);
    await filtered.read();
    if (provider !== "anthropic") assert.deepEqual(filtered.codes, ["model_refused"]);
  });

  test(`${provider}: a server that stays silent is given up after three tries, each of them recorded`, async (t) => {
    const { read, codes, calls } = await openReader(t, ["silence"], { timeout: 40 });
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_unavailable"]);
    assert.deepEqual(
      calls.map(({ duration, outcome, inputTokens }) => [duration >= 35, outcome, inputTokens]),
      Array.from({ length: 3 }, () => [true, "failed", 0]),
    );
  });

  test(`${provider}: one that is busy is asked again when it says so`, async (t) => {
    const busy = { status: 429, headers: { "retry-after": "7" } };
    const { read, waits, calls } = await openReader(t, [busy, GOOD]);
    assert.equal((await read()).extractor, "model");
    assert.deepEqual(waits, [7_000]);
    assert.deepEqual(
      calls.map(({ outcome, inputTokens, outputTokens }) => ({ outcome, inputTokens, outputTokens })),
      [
        { outcome: "failed", ...UNKNOWN },
        { outcome: "answered", ...COUNTED },
      ],
    );
  });

  test(`${provider}: one that wants to be left alone for long is not waited for`, async (t) => {
    const { read, waits, codes } = await openReader(t, [{ status: 429, headers: { "retry-after": "3600" } }]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual([waits, codes], [[], ["model_unavailable"]]);
  });

  test(`${provider}: one that fails is asked three times, with longer pauses, and a wrong key only once`, async (t) => {
    const failing = await openReader(t, [{ status: 500 }]);
    assert.equal((await failing.read()).extractor, "rules");
    assert.deepEqual(failing.waits, [1_000, 4_000]);
    assert.deepEqual(failing.outcomes(), ["failed", "failed", "failed"]);
    const away = await openReader(t, ["hang up"]);
    assert.equal((await away.read()).extractor, "rules");
    assert.deepEqual(away.outcomes(), ["failed", "failed", "failed"]);
    const locked = await openReader(t, [{ status: 401 }]);
    assert.equal((await locked.read()).extractor, "rules");
    assert.deepEqual(locked.outcomes(), ["failed"]);
  });

  test(`${provider}: a server without schemas is told the schema in words`, async (t) => {
    const { read, asked } = await openReader(t, [GOOD], { structured: "object" });
    assert.equal((await read()).extractor, "model");
    const body = asked[0]?.body ?? "";
    assert.ok(!body.includes("json_schema") && body.includes("invalid_at"));
    assert.ok(body.includes("Answer with one JSON object"));
  });

  test(`${provider}: a project that has used up its day is read by rules, without a request`, async (t) => {
    const { endpoint, asked } = await startFakeModelServer(t, provider, [GOOD]);
    const kept = makeExtractorKeep();
    const readEpisode = (used: number, dailyTokens: number) =>
      makeModelExtractor({ ...kept, budget: async () => used, endpoint: { ...endpoint, dailyTokens } }).read(
        makeEpisode("I live in Berlin."),
        makeSetting(),
      );
    assert.equal((await readEpisode(1_000, 1_000)).extractor, "rules");
    assert.deepEqual([asked.length, kept.codes], [0, ["model_budget"]]);
    assert.equal((await readEpisode(999, 1_000)).extractor, "model");
    assert.equal((await readEpisode(5_000, 0)).extractor, "model");
  });
}

test("JSON is read by rules, and a machine only where there is somebody it may speak of", async (t) => {
  const { endpoint, asked } = await startFakeModelServer(t, "openai-compatible", [GOOD]);
  const extractor = makeModelExtractor({ ...makeExtractorKeep(), endpoint });
  const machine = { speaker: { kind: "machine" as const } };
  assert.equal((await extractor.read(makeEpisode("{}", { source: "json" }), makeSetting())).extractor, "rules");
  assert.equal((await extractor.read(makeEpisode("Hi.", machine), makeSetting({ person: null }))).extractor, "rules");
  assert.equal(asked.length, 0);
  assert.equal((await extractor.read(makeEpisode("You live in Berlin.", machine), makeSetting())).extractor, "model");
});

test("a Claude that knows no schemas answers through a tool, and is read like the others", async (t) => {
  const { endpoint, asked } = await startFakeModelServer(t, "anthropic", [GOOD]);
  const kept = makeExtractorKeep();
  const older = makeModelExtractor({ ...kept, endpoint: { ...endpoint, model: "claude-sonnet-4-20250514" } });
  assert.equal((await older.read(makeEpisode("I live in Berlin."), makeSetting())).facts.length, 1);
  assert.ok(asked[0]?.body.includes('"tool_choice"'));
  assert.equal(kept.calls[0]?.outcome, "answered");
});

test("tokens that a server does not count are estimated, so that a budget still ends", async (t) => {
  const { endpoint } = await startFakeModelServer(t, "openai-compatible", [{ ...GOOD, uncounted: true }]);
  const kept = makeExtractorKeep();
  await makeModelExtractor({ ...kept, endpoint }).read(makeEpisode("I live in Berlin."), makeSetting());
  assert.ok(kept.calls[0] && kept.calls[0].inputTokens > 500 && kept.calls[0].outputTokens > 50);
});

test("no error repeats what was said or answered, and one that is not the model's comes through", async (t) => {
  const secret = "My pin is 4711.";
  const echo = { status: 400, body: { error: { message: secret } } };
  const heard: unknown[] = [];
  const { endpoint } = await startFakeModelServer(t, "openai-compatible", [echo]);
  const kept = { ...makeExtractorKeep(), report: (error: unknown) => void heard.push(error), endpoint };
  await makeModelExtractor(kept).read(makeEpisode(secret), makeSetting());
  const [error] = heard;
  assert.ok(error instanceof Error && error.cause === undefined);
  assert.ok(!`${error.message} ${error.stack} ${JSON.stringify(error)}`.includes("4711"));
  const rejectRecord = async () => Promise.reject(new Error("the database is away"));
  await assert.rejects(
    makeModelExtractor({ ...kept, record: rejectRecord }).read(makeEpisode(secret), makeSetting()),
    /database is away/,
  );
});
