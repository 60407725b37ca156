import assert from "node:assert/strict";
import { test } from "node:test";
import { modelExtractor } from "#lib/extraction/model/extractor.ts";
import { answering, episode, fact, keeping, type Reply, setting, standIn } from "#lib/extraction/model/stand-in.ts";

const BERLIN = answering({
  entities: [
    { name: "Jane Doe", kind: "Person" },
    { name: "Berlin", kind: "place" },
  ],
  facts: [fact("Jane Doe", "LIVES_IN", "Berlin", { valid_at: "2026-01-05T10:00:00Z" })],
});
const GOOD: Reply = { text: JSON.stringify(BERLIN) };
const COUNTED = { inputTokens: 100, outputTokens: 20 };
const UNKNOWN = { inputTokens: 0, outputTokens: 0 };

for (const provider of ["openai-compatible", "anthropic"] as const) {
  const reader = async (context: Parameters<typeof standIn>[0], replies: Reply[], changes = {}) => {
    const { endpoint, asked } = await standIn(context, provider, replies);
    const kept = keeping();
    const extractor = modelExtractor({ ...kept, endpoint: { ...endpoint, ...changes } });
    const read = (said = "I live in Berlin.", about = setting()) => extractor.read(episode(said), about);
    return { ...kept, asked, read, outcomes: () => kept.calls.map(({ outcome }) => outcome) };
  };

  test(`${provider}: a good answer becomes facts about the person, and its cost is kept`, async (t) => {
    const { read, calls, asked } = await reader(t, [GOOD]);
    const reading = await read();
    assert.equal(reading.extractor, "model");
    assert.deepEqual(reading.nodes, [{ name: "Berlin", labels: ["Place"] }]);
    assert.deepEqual(reading.facts, [
      {
        ...{ kind: "holds", source: null, target: "Berlin", name: "LIVES_IN", fact: "Jane Doe lives in Berlin" },
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
      const { read, outcomes } = await reader(t, [{ text }]);
      assert.equal((await read()).facts.length, 1, text);
      assert.deepEqual(outcomes(), ["repaired"]);
    }
  });

  test(`${provider}: an unreadable answer is asked for once more, with what was wrong with it`, async (t) => {
    const { read, outcomes, asked } = await reader(t, [{ text: '{"entities": 3}' }, GOOD]);
    assert.equal((await read()).extractor, "model");
    assert.deepEqual(outcomes(), ["failed", "answered"]);
    assert.ok(asked[1]?.body.includes("expected array, received number"));
  });

  test(`${provider}: after two unreadable answers the rules read, and both requests are paid for`, async (t) => {
    const { read, calls, codes } = await reader(t, [{ text: "I would rather not." }, { text: "", ends: "length" }]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_unreadable"]);
    assert.deepEqual(
      calls.map(({ inputTokens }) => inputTokens),
      [100, 100],
    );
  });

  test(`${provider}: a refusal is not argued with: the rules read`, async (t) => {
    const { read, codes, outcomes, asked } = await reader(t, [{ text: "I cannot help with that.", ends: "refusal" }]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_refused"]);
    assert.deepEqual(outcomes(), ["refused"]);
    assert.equal(asked.length, 1);
    const filtered = await reader(t, [{ status: 400, body: { error: { message: "no", code: "content_filter" } } }]);
    await filtered.read();
    if (provider !== "anthropic") assert.deepEqual(filtered.codes, ["model_refused"]);
  });

  test(`${provider}: a server that stays silent is given up after three tries, each of them recorded`, async (t) => {
    const { read, codes, calls } = await reader(t, ["silence"], { timeout: 40 });
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual(codes, ["model_unavailable"]);
    assert.deepEqual(
      calls.map(({ duration, outcome, inputTokens }) => [duration >= 35, outcome, inputTokens]),
      Array.from({ length: 3 }, () => [true, "failed", 0]),
    );
  });

  test(`${provider}: one that is busy is asked again when it says so`, async (t) => {
    const busy = { status: 429, headers: { "retry-after": "7" } };
    const { read, waits, calls } = await reader(t, [busy, GOOD]);
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
    const { read, waits, codes } = await reader(t, [{ status: 429, headers: { "retry-after": "3600" } }]);
    assert.equal((await read()).extractor, "rules");
    assert.deepEqual([waits, codes], [[], ["model_unavailable"]]);
  });

  test(`${provider}: one that fails is asked three times, with longer pauses, and a wrong key only once`, async (t) => {
    const failing = await reader(t, [{ status: 500 }]);
    assert.equal((await failing.read()).extractor, "rules");
    assert.deepEqual(failing.waits, [1_000, 4_000]);
    assert.deepEqual(failing.outcomes(), ["failed", "failed", "failed"]);
    const away = await reader(t, ["hang up"]);
    assert.equal((await away.read()).extractor, "rules");
    assert.deepEqual(away.outcomes(), ["failed", "failed", "failed"]);
    const locked = await reader(t, [{ status: 401 }]);
    assert.equal((await locked.read()).extractor, "rules");
    assert.deepEqual(locked.outcomes(), ["failed"]);
  });

  test(`${provider}: a server without schemas is told the schema in words`, async (t) => {
    const { read, asked } = await reader(t, [GOOD], { structured: "object" });
    assert.equal((await read()).extractor, "model");
    const body = asked[0]?.body ?? "";
    assert.ok(!body.includes("json_schema") && body.includes("invalid_at"));
    assert.ok(body.includes("Answer with one JSON object"));
  });

  test(`${provider}: a project that has used up its day is read by rules, without a request`, async (t) => {
    const { endpoint, asked } = await standIn(t, provider, [GOOD]);
    const kept = keeping();
    const read = (used: number, dailyTokens: number) =>
      modelExtractor({ ...kept, budget: async () => used, endpoint: { ...endpoint, dailyTokens } }).read(
        episode("I live in Berlin."),
        setting(),
      );
    assert.equal((await read(1_000, 1_000)).extractor, "rules");
    assert.deepEqual([asked.length, kept.codes], [0, ["model_budget"]]);
    assert.equal((await read(999, 1_000)).extractor, "model");
    assert.equal((await read(5_000, 0)).extractor, "model");
  });
}

test("JSON is read by rules, and a machine only where there is somebody it may speak of", async (t) => {
  const { endpoint, asked } = await standIn(t, "openai-compatible", [GOOD]);
  const extractor = modelExtractor({ ...keeping(), endpoint });
  const machine = { speaker: { kind: "machine" as const } };
  assert.equal((await extractor.read(episode("{}", { source: "json" }), setting())).extractor, "rules");
  assert.equal((await extractor.read(episode("Hi.", machine), setting({ person: null }))).extractor, "rules");
  assert.equal(asked.length, 0);
  assert.equal((await extractor.read(episode("You live in Berlin.", machine), setting())).extractor, "model");
});

test("a Claude that knows no schemas answers through a tool, and is read like the others", async (t) => {
  const { endpoint, asked } = await standIn(t, "anthropic", [GOOD]);
  const kept = keeping();
  const older = modelExtractor({ ...kept, endpoint: { ...endpoint, model: "claude-sonnet-4-20250514" } });
  assert.equal((await older.read(episode("I live in Berlin."), setting())).facts.length, 1);
  assert.ok(asked[0]?.body.includes('"tool_choice"'));
  assert.equal(kept.calls[0]?.outcome, "answered");
});

test("tokens that a server does not count are estimated, so that a budget still ends", async (t) => {
  const { endpoint } = await standIn(t, "openai-compatible", [{ ...GOOD, uncounted: true }]);
  const kept = keeping();
  await modelExtractor({ ...kept, endpoint }).read(episode("I live in Berlin."), setting());
  assert.ok(kept.calls[0] && kept.calls[0].inputTokens > 500 && kept.calls[0].outputTokens > 50);
});

test("no error repeats what was said or answered, and one that is not the model's comes through", async (t) => {
  const secret = "My pin is 4711.";
  const echo = { status: 400, body: { error: { message: secret } } };
  const heard: unknown[] = [];
  const { endpoint } = await standIn(t, "openai-compatible", [echo]);
  const kept = { ...keeping(), report: (error: unknown) => void heard.push(error), endpoint };
  await modelExtractor(kept).read(episode(secret), setting());
  const [error] = heard;
  assert.ok(error instanceof Error && error.cause === undefined);
  assert.ok(!`${error.message} ${error.stack} ${JSON.stringify(error)}`.includes("4711"));
  const record = async () => Promise.reject(new Error("the database is away"));
  await assert.rejects(modelExtractor({ ...kept, record }).read(episode(secret), setting()), /database is away/);
});
