import assert from "node:assert/strict";
import { test } from "node:test";
import { rules } from "#lib/extraction/rules/extractor.ts";
import type { EpisodeText, Setting } from "#lib/extraction/schema.ts";

const setting: Setting = {
  person: { names: ["Jane Smith", "Jane", "Smith"], email: "jane@example.org", userId: "u-1" },
  ontology: { entityTypes: [], edgeTypes: [] },
  known: { nodes: [], facts: [] },
};

/** Wednesday, 15 May 2024. */
const SAID_AT = new Date("2024-05-15T10:00:00Z");

async function read(content: string, values: Partial<EpisodeText> = {}, steered: Partial<Setting> = {}) {
  const episode: EpisodeText = {
    uuid: "",
    source: "message",
    content,
    sourceDescription: null,
    speaker: { kind: "person" },
    saidAt: SAID_AT,
    before: [],
    ...values,
  };
  const { facts } = await rules.read(episode, { ...setting, ...steered });
  return facts.map(({ kind, source, name, target, fact, validAt, invalidAt }) => ({
    kind,
    ends: `${source ?? "user"} ${name} ${target ?? "user"}`,
    fact,
    from: day(validAt),
    until: day(invalidAt),
  }));
}

function day(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}

test("a clause is told in the third person with its date as a date", async () => {
  const [moved] = await read("I moved to Lisbon last week with my sister Anna.");
  assert.deepEqual(moved, {
    kind: "holds",
    ends: "user LIVES_IN Lisbon",
    fact: "Jane Smith moved to Lisbon on 8 May 2024 with their sister Anna",
    from: "2024-05-08",
    until: null,
  });
});

test("times are counted from when it was said: the tense decides which Friday, and durations count back", async () => {
  const from = async (text: string) => (await read(text))[0]?.from;
  assert.equal(await from("I met Tom on Friday."), "2024-05-10");
  assert.equal(await from("I will meet Tom on Friday."), "2024-05-17");
  assert.equal(await from("I have lived in Ghent for three years."), "2021-05-15");
  assert.equal(await from("I have worked at Acme since 2019."), "2019-01-01");
  assert.equal(await from("I bought a Saab yesterday."), "2024-05-14");
});

test("what is over is told as an end, and what is denied as not so", async () => {
  const told = async (text: string) => (await read(text)).map(({ kind, ends }) => `${kind} ${ends}`);
  assert.deepEqual(await told("I no longer use Slack."), ["ends user USES Slack"]);
  assert.deepEqual(await told("We switched from Jira to Linear."), ["ends user USES Jira", "holds user USES Linear"]);
  assert.deepEqual(await told("I don't like olives."), ["holds user NOT_LIKES olives"]);
  assert.deepEqual(await told("I live in Ghent, not Bruges."), [
    "holds user LIVES_IN Ghent",
    "ends user LIVES_IN Bruges",
  ]);
});

test("questions, suppositions, requests and noise state nothing", async () => {
  for (const text of [
    "Do you know whether Anna likes jazz?",
    "If I get the job, I'd move to Paris.",
    "I might adopt a cat someday.",
    "wish i owned a boat",
    "please send me the link",
    "lol ok thanks",
    "can you help me with my taxes",
  ]) {
    assert.deepEqual(await read(text), [], text);
  }
});

test("whoever speaks is meant by I: the person, somebody else by name, and a machine is nobody", async () => {
  const ends = async (speaker: EpisodeText["speaker"]) =>
    (await read("I love jazz.", { speaker })).map((fact) => fact.ends);
  assert.deepEqual(await ends({ kind: "person" }), ["user LIKES jazz"]);
  assert.deepEqual(await ends({ kind: "other", name: "Melanie" }), ["Melanie LIKES jazz"]);
  assert.deepEqual(await ends({ kind: "machine" }), []);
});

test("data is walked by its shape: identity makes nodes, dates make intervals, the person's address is the person", async () => {
  const data = {
    email: "JANE@example.org",
    plan: "gold",
    employer: { name: "Acme", city: "Berlin" },
    terms: [{ office: "Senate", start: "2001-01-03", end: "2007-01-03" }],
    invoice: { id: "i-1", customer: "u-1" },
  };
  const facts = await read(JSON.stringify(data), { source: "json" });
  assert.deepEqual(
    facts.map(({ ends, from, until }) => [ends, from, until]),
    [
      ["user EMAIL user", "2024-05-15", null],
      ["user PLAN user", "2024-05-15", null],
      ["user EMPLOYER Acme", "2024-05-15", null],
      ["Acme CITY Berlin", "2024-05-15", null],
      ["user TERM_OFFICE Senate", "2001-01-03", "2007-01-03"],
      ["user INVOICE invoice i-1", "2024-05-15", null],
      ["invoice i-1 ID invoice i-1", null, null],
      ["invoice i-1 CUSTOMER user", "2024-05-15", null],
    ],
  );
});

test("the application's own kinds steer what relations and nodes are called", async () => {
  const ontology: Setting["ontology"] = {
    entityTypes: [{ name: "Dog", description: "", properties: [] }],
    edgeTypes: [{ name: "EMPLOYED_BY", description: "whom somebody works for", properties: [], sourceTargets: [] }],
  };
  const facts = await read("I work at Acme. My dog Rex is five.", {}, { ontology });
  assert.ok(facts.some(({ ends }) => ends === "user EMPLOYED_BY Acme"));
  const { nodes } = await rules.read(
    {
      uuid: "",
      source: "message",
      content: "My dog Rex is five.",
      sourceDescription: null,
      speaker: { kind: "person" },
      saidAt: SAID_AT,
      before: [],
    },
    { ...setting, ontology },
  );
  assert.ok(nodes.some(({ name, labels }) => name === "Rex" && labels.includes("Dog")));
});

test("the same text gives the same reading every time", async () => {
  const text = "My sister Anna works at Globex and I love her dog Rex, but I hate early meetings.";
  assert.deepEqual(await read(text), await read(text));
});

test("a number in a record keeps every digit", async () => {
  const [account] = await read('{"account":12345678901234567890}', { source: "json" });
  assert.equal(account?.fact, "Jane Smith's account is 12345678901234567890");
});
