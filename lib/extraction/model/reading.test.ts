import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Answer } from "#lib/extraction/model/answer.ts";
import { readingOf } from "#lib/extraction/model/reading.ts";
import { answering, episode, fact, SAID_AT, setting } from "#lib/extraction/model/stand-in.ts";
import type { KnownFact, Setting, Speaker } from "#lib/extraction/schema.ts";

function entities(...names: string[]): Answer["entities"] {
  return names.map((name) => ({ name, kind: null }));
}

function read(given: Partial<Answer>, about: Partial<Setting> = {}, speaker: Speaker = { kind: "person" }) {
  return readingOf(answering(given), episode("…", { speaker }), setting(about));
}

function knowing(...facts: Partial<KnownFact>[]): Partial<Setting> {
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
    const reading = read({ entities: entities(name, "Acme"), facts: [fact(name, "WORKS_AT", "Acme")] });
    assert.deepEqual([reading.facts[0]?.source, reading.nodes.map((node) => node.name)], [null, ["Acme"]], name);
  }
});

test("when somebody else says I, they mean themselves; a machine means nobody", () => {
  const given = { entities: entities("Acme"), facts: [fact("I", "WORKS_AT", "Acme")] };
  const other = read(given, {}, { kind: "other", name: "Bob Stone" });
  assert.equal(other.facts[0]?.source, "Bob Stone");
  assert.deepEqual(
    other.nodes.map(({ name }) => name),
    ["Bob Stone", "Acme"],
  );
  assert.deepEqual(read(given, {}, { kind: "machine" }).facts, []);
});

test("a known node is meant where its name is given in another spelling, and keeps its own", () => {
  const known = { nodes: [{ name: "Café Einstein", labels: ["Entity", "Place"], summary: "" }], facts: [] };
  const given = { entities: entities("cafe  einstein"), facts: [fact("Jane", "LIKES", "CAFE EINSTEIN")] };
  const reading = read(given, { known });
  assert.deepEqual(reading.nodes, [{ name: "Café Einstein", labels: [] }]);
  assert.equal(reading.facts[0]?.target, "Café Einstein");
});

test("facts with names that are nobody among the entities are dropped, as are pronouns, dates and anyone's mother", () => {
  for (const name of ["she", "My mom", "2024-05-01", "Friday", "yesterday", "…", "x".repeat(300)]) {
    const reading = read({ entities: entities(name), facts: [fact("Jane", "KNOWS", name)] });
    assert.deepEqual([reading.nodes, reading.facts], [[], []], name);
  }
  assert.deepEqual(read({ facts: [fact("Jane", "KNOWS", "Bob")] }).facts, []);
});

test("a fact about one alone is kept as such, one between two names of the same is dropped", () => {
  assert.equal(read({ facts: [fact("Jane", "HAS_AGE", null)] }).facts[0]?.target, null);
  const acme = entities("Acme");
  assert.equal(read({ entities: acme, facts: [fact("Acme", "CLOSED", null)] }).facts[0]?.target, "Acme");
  assert.deepEqual(read({ facts: [fact("Jane", "HAS_EMAIL", "jane@example.org")] }).facts, []);
});

test("a graph that is nobody's has no facts about a person", () => {
  const given = { entities: entities("Jane", "Acme"), facts: [fact("Jane", "WORKS_AT", "Acme")] };
  assert.deepEqual(
    read({ entities: entities("Acme"), facts: [fact("I", "WORKS_AT", "Acme")] }, { person: null }).facts,
    [],
  );
  assert.equal(read(given, { person: null }, { kind: "other", name: "Ann" }).facts[0]?.source, "Jane");
  assert.deepEqual(
    read({ entities: entities("Acme"), facts: [fact("user", "WORKS_AT", "Acme")] }, { person: null }).facts,
    [],
  );
});

test("relations are spelled as the project spells them, and what is single is decided in code", () => {
  const edge = { name: "PlaysIn", description: "", properties: [], source_targets: [] };
  const kind = { name: "Band", description: "", properties: [] };
  const ontology = { entity_types: [kind], edge_types: [edge] };
  const told = (relation: string) =>
    read({ entities: [{ name: "Queen", kind: "band" }], facts: [fact("Jane", relation, "Queen")] }, { ontology });
  assert.equal(told("PLAYS_IN").facts[0]?.name, "PlaysIn");
  assert.deepEqual(told("PLAYS_IN").nodes, [{ name: "Queen", labels: ["Band"] }]);
  assert.deepEqual(
    told("works at").facts.map(({ name, single }) => [name, single]),
    [["WORKS_AT", true]],
  );
  assert.deepEqual(
    told("likesVery-much").facts.map(({ name, single }) => [name, single]),
    [["LIKES_VERY_MUCH", false]],
  );
  assert.equal(told("!").facts[0]?.name, "RELATES_TO");
});

test("times are read as UTC wherever the server stands, and a fact that would end before it begins keeps its end alone", () => {
  process.env.TZ = "Pacific/Auckland";
  const at = (valid_at: string | null, invalid_at: string | null = null) => {
    const given = fact("Jane", "LIKES", "Tea", { valid_at, invalid_at });
    const [found] = read({ entities: entities("Tea"), facts: [given] }).facts;
    return [found?.validAt?.toISOString() ?? null, found?.invalidAt?.toISOString() ?? null];
  };
  assert.deepEqual(at("2021"), ["2021-01-01T00:00:00.000Z", null]);
  assert.deepEqual(at("2021-05-03"), ["2021-05-03T00:00:00.000Z", null]);
  assert.deepEqual(at("2021-05-03T10:30:00"), ["2021-05-03T10:30:00.000Z", null]);
  assert.deepEqual(at("2021-05-03T10:30+02:00"), ["2021-05-03T08:30:00.000Z", null]);
  assert.deepEqual(at("2024-01-01", "2022-01-01"), [null, "2022-01-01T00:00:00.000Z"]);
  for (const nonsense of ["last May", "0000-01-01", "2021-13-01", "12021-01-01", ""])
    assert.deepEqual(at(nonsense), [null, null]);
});

test("a contradicted fact ends when the new one begins, else when it was said, in its own words", () => {
  const known = { target: "Meat", name: "LIKES", fact: "Jane likes meat.", single: false };
  const against = (given: Partial<Answer["facts"][number]>) =>
    read({ facts: [fact("Jane", "HAS_DIET", null, { contradicts: [0], ...given })] }, knowing(known)).facts[1];
  const ends = { source: null, ...known, kind: "ends", validAt: null, confidence: 0.9 };
  assert.deepEqual(against({ valid_at: "2025-01-01" }), { ...ends, invalidAt: new Date("2025-01-01") });
  assert.deepEqual(against({}), { ...ends, invalidAt: SAID_AT });
  assert.equal(against({ invalid_at: "2019" }), undefined, "what is over ends nothing that holds");
  assert.equal(against({ contradicts: [7, -1, 0.5] }), undefined, "ids that were never given mean nothing");
});

test("of a relation of which one holds at a time the new fact ends the old one by itself, even if it is also repeated", () => {
  const given = {
    entities: entities("Globex"),
    facts: [fact("Jane", "WORKS_AT", "Globex", { contradicts: [0] })],
    repeated: [0],
  };
  assert.deepEqual(
    read(given, knowing({})).facts.map(({ kind, target }) => [kind, target]),
    [["holds", "Globex"]],
  );
});

test("known facts that are over end without a successor; repeated ones are said again word for word", () => {
  const both = knowing({}, { target: "Tea", name: "LIKES", fact: "Jane likes tea.", single: false });
  const { facts } = read({ ended: [{ id: 0, at: "2025-12-31" }], repeated: [1, 0, 9] }, both);
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
  const again = (relation: string, target: string, repeated: number[]) => {
    const stated = fact("Jane", relation, target, { valid_at: "2020", fact: "In other words." });
    const { facts } = read({ entities: entities("Acme", "Tea"), facts: [stated], repeated }, knowing({}, tea));
    return facts.map((each) => [each.fact, each.validAt?.getUTCFullYear()]);
  };
  assert.deepEqual(again("WORKS_AT", "Acme", []), [["Jane works at Acme.", 2020]]);
  assert.deepEqual(again("LIKES", "Tea", [1]), [["Jane likes tea.", 2020]]);
  assert.deepEqual(again("LIKES", "Tea", []), [["In other words.", 2020]]);
});

test("of what a machine said only what concerns the person is kept", () => {
  const given = {
    entities: entities("Acme", "Globex", "Berlin"),
    facts: [fact("Jane", "WORKS_AT", "Acme"), fact("Globex", "BASED_IN", "Berlin", { contradicts: [0] })],
    ended: [{ id: 1, at: null }],
  };
  const reading = read(given, knowing({}, { source: "Globex" }), { kind: "machine" });
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
      const { nodes, facts } = read(given, knowing({}, { source: "Bob", target: "Bob" }));
      assert.ok(nodes.length <= 100 && facts.length <= 300);
      const names = [...nodes.map(({ name }) => name), ...facts.flatMap(({ source, target }) => [source, target])];
      for (const text of [...names, ...facts.flatMap((each) => [each.fact, each.name])])
        assert.ok(text === null || (text !== "" && text.isWellFormed() && !text.includes("\0")));
      for (const { validAt, invalidAt } of facts) assert.ok(!validAt || !invalidAt || invalidAt >= validAt);
    }),
  );
});
