import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeAnswer, makeAnswerFact, makeEpisode, makeSetting, SAID_AT } from "#e2e/model-server.ts";
import type { Answer } from "#lib/extraction/model/answer.ts";
import { buildReading } from "#lib/extraction/model/reading.ts";
import type { KnownFact, Setting, Speaker } from "#lib/extraction/schema.ts";

function makeEntities(...names: string[]): Answer["entities"] {
  return names.map((name) => ({ name, kind: null }));
}

function readAnswer(given: Partial<Answer>, about: Partial<Setting> = {}, speaker: Speaker = { kind: "person" }) {
  return buildReading(makeAnswer(given), makeEpisode("…", { speaker }), makeSetting(about));
}

function makeKnownFacts(...facts: Partial<KnownFact>[]): Partial<Setting> {
  const blank = {
    source: null,
    target: "Acme",
    name: "WORKS_AT",
    fact: "Jane works at Acme.",
    single: true,
    validAt: null,
  };
  return { known: { nodes: [], facts: facts.map((given) => ({ ...blank, ...given })) } };
}

test("whatever the person is called, the fact is about the person", () => {
  for (const name of ["Jane Doe", "jane", "JANE@example.org", "user-7", "I", "me", "User"]) {
    const reading = readAnswer({
      entities: makeEntities(name, "Acme"),
      facts: [makeAnswerFact(name, "WORKS_AT", "Acme")],
    });
    assert.deepEqual([reading.facts[0]?.source, reading.nodes.map((node) => node.name)], [null, ["Acme"]], name);
  }
});

test("when somebody else says I, they mean themselves; a machine means nobody", () => {
  const given = { entities: makeEntities("Acme"), facts: [makeAnswerFact("I", "WORKS_AT", "Acme")] };
  const other = readAnswer(given, {}, { kind: "other", name: "Bob Stone" });
  assert.equal(other.facts[0]?.source, "Bob Stone");
  assert.deepEqual(
    other.nodes.map(({ name }) => name),
    ["Bob Stone", "Acme"],
  );
  assert.deepEqual(readAnswer(given, {}, { kind: "machine" }).facts, []);
});

test("a known node is meant where its name is given in another spelling, and keeps its own", () => {
  const known = { nodes: [{ name: "Café Einstein", labels: ["Entity", "Place"], summary: "" }], facts: [] };
  const given = { entities: makeEntities("cafe  einstein"), facts: [makeAnswerFact("Jane", "LIKES", "CAFE EINSTEIN")] };
  const reading = readAnswer(given, { known });
  assert.deepEqual(reading.nodes, [{ name: "Café Einstein", labels: [] }]);
  assert.equal(reading.facts[0]?.target, "Café Einstein");
});

test("facts with names that are nobody among the entities are dropped, as are pronouns, dates and anyone's mother", () => {
  for (const name of ["she", "My mom", "2024-05-01", "Friday", "yesterday", "…", "x".repeat(300)]) {
    const reading = readAnswer({ entities: makeEntities(name), facts: [makeAnswerFact("Jane", "KNOWS", name)] });
    assert.deepEqual([reading.nodes, reading.facts], [[], []], name);
  }
  assert.deepEqual(readAnswer({ facts: [makeAnswerFact("Jane", "KNOWS", "Bob")] }).facts, []);
});

test("a fact about one alone is kept as such, one between two names of the same is dropped", () => {
  assert.equal(readAnswer({ facts: [makeAnswerFact("Jane", "HAS_AGE", null)] }).facts[0]?.target, null);
  const acme = makeEntities("Acme");
  assert.equal(
    readAnswer({ entities: acme, facts: [makeAnswerFact("Acme", "CLOSED", null)] }).facts[0]?.target,
    "Acme",
  );
  assert.deepEqual(readAnswer({ facts: [makeAnswerFact("Jane", "HAS_EMAIL", "jane@example.org")] }).facts, []);
});

test("a graph that is nobody's has no facts about a person", () => {
  const given = { entities: makeEntities("Jane", "Acme"), facts: [makeAnswerFact("Jane", "WORKS_AT", "Acme")] };
  assert.deepEqual(
    readAnswer({ entities: makeEntities("Acme"), facts: [makeAnswerFact("I", "WORKS_AT", "Acme")] }, { person: null })
      .facts,
    [],
  );
  assert.equal(readAnswer(given, { person: null }, { kind: "other", name: "Ann" }).facts[0]?.source, "Jane");
  assert.deepEqual(
    readAnswer(
      { entities: makeEntities("Acme"), facts: [makeAnswerFact("user", "WORKS_AT", "Acme")] },
      { person: null },
    ).facts,
    [],
  );
});

test("relations are spelled as the project spells them, and what is single is decided in code", () => {
  const edge = { name: "PlaysIn", description: "", properties: [], sourceTargets: [] };
  const kind = { name: "Band", description: "", properties: [] };
  const ontology = { entityTypes: [kind], edgeTypes: [edge] };
  const readRelation = (relation: string) =>
    readAnswer(
      { entities: [{ name: "Queen", kind: "band" }], facts: [makeAnswerFact("Jane", relation, "Queen")] },
      { ontology },
    );
  assert.equal(readRelation("PLAYS_IN").facts[0]?.name, "PlaysIn");
  assert.deepEqual(readRelation("PLAYS_IN").nodes, [{ name: "Queen", labels: ["Band"] }]);
  assert.deepEqual(
    readRelation("works at").facts.map(({ name, single }) => [name, single]),
    [["WORKS_AT", true]],
  );
  assert.deepEqual(
    readRelation("likesVery-much").facts.map(({ name, single }) => [name, single]),
    [["LIKES_VERY_MUCH", false]],
  );
  assert.equal(readRelation("!").facts[0]?.name, "RELATES_TO");
});

test("times are read as UTC wherever the server stands, and a fact that would end before it begins keeps its end alone", () => {
  process.env.TZ = "Pacific/Auckland";
  const readTimes = (valid_at: string | null, invalid_at: string | null = null) => {
    const given = makeAnswerFact("Jane", "LIKES", "Tea", { valid_at, invalid_at });
    const [found] = readAnswer({ entities: makeEntities("Tea"), facts: [given] }).facts;
    return [found?.validAt?.toISOString() ?? null, found?.invalidAt?.toISOString() ?? null];
  };
  assert.deepEqual(readTimes("2021"), ["2021-01-01T00:00:00.000Z", null]);
  assert.deepEqual(readTimes("2021-05-03"), ["2021-05-03T00:00:00.000Z", null]);
  assert.deepEqual(readTimes("2021-05-03T10:30:00"), ["2021-05-03T10:30:00.000Z", null]);
  assert.deepEqual(readTimes("2021-05-03T10:30+02:00"), ["2021-05-03T08:30:00.000Z", null]);
  assert.deepEqual(readTimes("2024-01-01", "2022-01-01"), [null, "2022-01-01T00:00:00.000Z"]);
  for (const nonsense of ["last May", "0000-01-01", "2021-13-01", "12021-01-01", ""])
    assert.deepEqual(readTimes(nonsense), [null, null]);
});

test("a contradicted fact ends when the new one begins, else when it was said, in its own words", () => {
  const known = { target: "Meat", name: "LIKES", fact: "Jane likes meat.", single: false };
  const readContradiction = (given: Partial<Answer["facts"][number]>) =>
    readAnswer(
      { facts: [makeAnswerFact("Jane", "HAS_DIET", null, { contradicts: [0], ...given })] },
      makeKnownFacts(known),
    ).facts[1];
  const ends = { source: null, ...known, kind: "ends", validAt: null, confidence: 0.9 };
  assert.deepEqual(readContradiction({ valid_at: "2025-01-01" }), { ...ends, invalidAt: new Date("2025-01-01") });
  assert.deepEqual(readContradiction({}), { ...ends, invalidAt: SAID_AT });
  assert.equal(readContradiction({ invalid_at: "2019" }), undefined, "what is over ends nothing that holds");
  assert.equal(readContradiction({ contradicts: [7, -1, 0.5] }), undefined, "ids that were never given mean nothing");
});

test("of a relation of which one holds at a time the new fact ends the old one by itself, even if it is also repeated", () => {
  const given = {
    entities: makeEntities("Globex"),
    facts: [makeAnswerFact("Jane", "WORKS_AT", "Globex", { contradicts: [0] })],
    repeated: [0],
  };
  assert.deepEqual(
    readAnswer(given, makeKnownFacts({})).facts.map(({ kind, target }) => [kind, target]),
    [["holds", "Globex"]],
  );
});

test("known facts that are over end without a successor; repeated ones are said again word for word", () => {
  const both = makeKnownFacts({}, { target: "Tea", name: "LIKES", fact: "Jane likes tea.", single: false });
  const { facts } = readAnswer({ ended: [{ id: 0, at: "2025-12-31" }], repeated: [1, 0, 9] }, both);
  assert.deepEqual(
    facts.map(({ kind, fact: words, validAt, invalidAt }) => [kind, words, validAt, invalidAt]),
    [
      ["holds", "Jane likes tea.", null, null],
      ["ends", "Jane works at Acme.", null, new Date("2025-12-31")],
    ],
  );
});

test("what is known is said again in the known words, whatever the model makes of them, and keeps its own times", () => {
  const tea = { target: "Tea", name: "LIKES", fact: "Jane likes tea.", single: false };
  const readRepetition = (relation: string, target: string, repeated: number[]) => {
    const stated = makeAnswerFact("Jane", relation, target, { valid_at: "2020", fact: "In other words." });
    const { facts } = readAnswer(
      { entities: makeEntities("Acme", "Tea"), facts: [stated], repeated },
      makeKnownFacts({}, tea),
    );
    return facts.map((each) => [each.fact, each.validAt?.getUTCFullYear()]);
  };
  assert.deepEqual(readRepetition("WORKS_AT", "Acme", []), [["Jane works at Acme.", 2020]]);
  assert.deepEqual(readRepetition("LIKES", "Tea", [1]), [["Jane likes tea.", 2020]]);
  assert.deepEqual(readRepetition("LIKES", "Tea", []), [["{subject} likes {object}", 2020]]);
});

test("of what a machine said only what concerns the person is kept", () => {
  const given = {
    entities: makeEntities("Acme", "Globex", "Berlin"),
    facts: [
      makeAnswerFact("Jane", "WORKS_AT", "Acme"),
      makeAnswerFact("Globex", "BASED_IN", "Berlin", { contradicts: [0] }),
    ],
    ended: [{ id: 1, at: null }],
  };
  const reading = readAnswer(given, makeKnownFacts({}, { source: "Globex" }), { kind: "machine" });
  assert.deepEqual(
    reading.facts.map(({ target, kind }) => [target, kind]),
    [["Acme", "holds"]],
  );
  assert.deepEqual(
    reading.nodes.map(({ name }) => name),
    ["Acme"],
  );
});

test("whatever the model answers, a reading can be stored: names and sentences hold, times agree, counts are bounded", () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.constantFrom("Jane", "I", "Acme", "Bob", "\ud800", "a\0b"),
  );
  const time = fc.option(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    ),
  );
  const answer = fc.record({
    entities: fc.array(fc.record({ name: word, kind: fc.option(word) }), { maxLength: 150 }),
    facts: fc.array(
      fc.record({
        source: word,
        target: fc.option(word),
        relation: word,
        fact: word,
        valid_at: time,
        invalid_at: time,
        contradicts: fc.array(fc.integer()),
      }),
      { maxLength: 150 },
    ),
    ended: fc.array(fc.record({ id: fc.integer({ min: -1, max: 3 }), at: time })),
    repeated: fc.array(fc.double()),
  });
  fc.assert(
    fc.property(answer, (given) => {
      const { nodes, facts } = readAnswer(given, makeKnownFacts({}, { source: "Bob", target: "Bob" }));
      assert.ok(nodes.length <= 100 && facts.length <= 300);
      const names = [...nodes.map(({ name }) => name), ...facts.flatMap(({ source, target }) => [source, target])];
      for (const text of [...names, ...facts.flatMap((each) => [each.fact, each.name])])
        assert.ok(text === null || (text !== "" && text.isWellFormed() && !text.includes("\0")));
      for (const { validAt, invalidAt } of facts) assert.ok(!validAt || !invalidAt || invalidAt >= validAt);
    }),
  );
});
