import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { makeActor } from "#prisma/factories.ts";
import { makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

/** What is known after these messages, a day apart: each fact as it is told, those that are over with when. */
async function listKnownAfter(said: string[], start = "2026-01-05T10:00:00Z") {
  const jane = await makeJane(actor);
  await rememberTurns(jane, said, start);
  const edges = await db().edge.findMany({
    where: { graphUuid: jane.uuid, NOT: { name: "SAID" } },
    select: { fact: true, validAt: true, invalidAt: true },
  });
  const nodes = await db().node.findMany({ where: { graphUuid: jane.uuid }, select: { name: true } });
  const facts = Object.fromEntries(
    edges.map(({ fact, invalidAt }) => [fact, invalidAt?.toISOString().slice(0, 10) ?? null]),
  );
  const begins = Object.fromEntries(
    edges.map(({ fact, validAt }) => [fact, validAt?.toISOString().slice(0, 10) ?? null]),
  );
  return { facts, begins, nodes: nodes.map(({ name }) => name) };
}

test("what somebody leaves is whatever is known by that name", async () => {
  const { facts } = await listKnownAfter([
    "I work at Acme and my boss is Tom.",
    "I left Acme on 3 January. My new place is quiet.",
  ]);
  assert.equal(facts["Jane Smith works at Acme"], "2026-01-03");
  assert.equal(facts["Jane Smith's boss is Tom"], "2026-01-03");
});

test("who leaves what is no job of theirs keeps their boss", async () => {
  const { facts } = await listKnownAfter(["I work at Acme and my boss is Tom.", "I left TalkTalk on 3 January."]);
  assert.equal(facts["Jane Smith works at Acme"], null);
  assert.equal(facts["Jane Smith's boss is Tom"], null);
});

test("a workplace without a name is left by its noun", async () => {
  const { facts } = await listKnownAfter(["I work at a nursery.", "I left the nursery last month."]);
  assert.equal(facts["Jane Smith works at a nursery"], "2025-12-01");
});

test("who is back somewhere is so where they were before alone", async () => {
  const { facts } = await listKnownAfter([
    "I work at Greggs.",
    "I left Greggs yesterday.",
    "I'm back at Greggs since today, and I'm back at Lidl since yesterday.",
  ]);
  assert.equal(facts["Jane Smith works at Greggs"], null);
  assert.equal("Jane Smith works at Lidl" in facts, false);
});

test("who loses husband or wife is widowed, and nobody else is", async () => {
  const { facts, begins } = await listKnownAfter(["My husband Gerald keeps chickens.", "I lost Gerald in December."]);
  assert.equal(facts["Jane Smith is widowed"], null);
  assert.equal(begins["Jane Smith is widowed"], "2025-12-01");
  const friend = await listKnownAfter(["My friend Gerald keeps chickens.", "Gerald died in December."]);
  assert.equal("Jane Smith is widowed" in friend.facts, false);
});

test("an end that is told in the next sentence dates what was told as over", async () => {
  const { facts } = await listKnownAfter(["I was a midwife at Southmead Hospital for years. I retired in 2018."]);
  assert.equal(facts["Jane Smith works at Southmead Hospital"], "2018-01-01");
});

test("a denial that was a slip is over", async () => {
  const { facts } = await listKnownAfter(["I don't eat fish.", "Oh, I meant shellfish, not fish!"]);
  assert.notEqual(facts["Jane Smith does not eat fish"], null);
  assert.equal(facts["Jane Smith does not eat shellfish"], null);
});

test("since when something is so may be a clause of its own", async () => {
  const { begins } = await listKnownAfter([
    "I'm on lithium, been taking it since 2020.",
    "I'm a QA engineer at Trelloway, been there since March 2021.",
    "We're in Sheffield, been here since 2017.",
    "I smoke again. Since September, if you must know.",
  ]);
  assert.equal(begins["Jane Smith takes lithium"], "2020-01-01");
  assert.equal(begins["Jane Smith works at Trelloway"], "2021-03-01");
  assert.equal(begins["Jane Smith lives in Sheffield"], "2017-01-01");
  assert.equal(begins["Jane Smith smokes"], "2025-09-01");
});

test("a name that is not to be remembered is nowhere, said before as well", async () => {
  const { facts, nodes } = await listKnownAfter([
    "My daughter Zosia likes horses.",
    "Zosia started at the primary school here, she's 6. don't remember her name please, I don't want kids' names stored",
    "and I no longer eat meat.",
  ]);
  assert.doesNotMatch(JSON.stringify([facts, nodes]), /Zosia/);
});

test("he is whom the sentence is about, and not whoever was spoken of before", async () => {
  const { facts } = await listKnownAfter([
    "My son Jaylen drives the old Kia. Terrence drives a Tacoma for work, he's an electrician",
  ]);
  assert.doesNotMatch(JSON.stringify(facts), /Jaylen works as/);
});

test("somebody else who was spoken of last may be meant by he, and then nothing is known", async () => {
  const { facts } = await listKnownAfter([
    "My husband Dan called a man about the wiring. He's an electrician.",
    "My son Leo has a teacher, Mr Hart. He's allergic to nuts.",
    "My cousin Pete brought his mate round. He's a plasterer.",
    "My boss Amir met the mayor. He's vegan.",
  ]);
  assert.doesNotMatch(JSON.stringify(facts), /electrician|nuts|plasterer|vegan/);
  const own = await listKnownAfter([
    "My husband Dan is a nurse. He works at Bosch.",
    "My wife Ana called a man about the wiring. She's vegan.",
  ]);
  assert.equal(own.facts["Dan works at Bosch"], null);
  assert.match(JSON.stringify(own.facts), /Ana is vegan/);
});

test("who died in a game, on stage or of laughter is alive, and a friend's loss is the friend's", async () => {
  const { facts } = await listKnownAfter([
    "My husband is Tom. My friend is Kate.",
    "Tom died in the first round of the game.",
    "Tom died on stage tonight, nobody laughed.",
    "My friend's husband Ben died last week.",
  ]);
  assert.equal(facts["Jane Smith is married to Tom"], null);
  assert.equal("Jane Smith is widowed" in facts, false);
});

test("who leaves for the day has not left for good", async () => {
  const { facts } = await listKnownAfter([
    "I work at Acme and I live in Leeds.",
    "I left Acme early today, headache.",
    "I left Acme late again last night.",
    "I left Leeds this morning for a conference in Paris.",
    "I left Leeds yesterday, back on Sunday.",
    "I resigned as chair of the parents' council.",
  ]);
  assert.equal(facts["Jane Smith works at Acme"], null);
  assert.equal(facts["Jane Smith lives in Leeds"], null);
});

test("who parts a business parts from nobody, and whose doctor changes the tablets takes them", async () => {
  const { facts } = await listKnownAfter([
    "My partner Lou is a baker.",
    "Lou and I split up the business in August.",
    "My doctor switched me to insulin.",
  ]);
  assert.equal(facts["Jane Smith's partner is Lou"], null);
  assert.doesNotMatch(JSON.stringify(facts), /doctor takes/);
});

/** What was said, whose name must be nowhere afterwards, and what must still be known. */
const NAMES_NOT_TO_KEEP: Readonly<Record<string, [said: string[], gone: RegExp, kept: string[]]>> = {
  "of whom a sentence names last": [
    ["My husband is Tom. Tom is allergic to penicillin.", "Tom met Zosia at the gym. Don't remember her name."],
    /Zosia/,
    ["Jane Smith is married to Tom", "Tom is allergic to penicillin"],
  ],
  "and not of a place or a thing": [
    ["I live in Cork. I drive a Volvo.", "My daughter is Zosia from Cork. Don't remember her name."],
    /Zosia/,
    ["Jane Smith lives in Cork", "Jane Smith drives Volvo"],
  ],
  "in a message of its own": [
    ["I live in Leeds. My daughter's name is Zosia.", "She starts school soon.", "Please don't remember her name."],
    /Zosia/,
    ["Jane Smith lives in Leeds"],
  ],
  "in other words": [["My therapist is Oriana.", "Forget her name please."], /Oriana/, []],
  "of all": [["My sister is Zosia. My brother is Quentin. Don't store their names."], /Zosia|Quentin/, []],
  "of her, where he was named last": [
    ["My sister is Zosia. My brother is Quentin. Don't remember her name."],
    /Zosia/,
    ["Jane Smith's brother is Quentin"],
  ],
  "by the name itself": [
    ["My daughter is Zosia and I live in Bonn.", "Don't remember Zosia's name."],
    /Zosia/,
    ["Jane Smith lives in Bonn"],
  ],
  alone: [["My friend is Zosia.", "Forget Zosia."], /Zosia/, []],
};

for (const [name, [said, gone, kept]] of Object.entries(NAMES_NOT_TO_KEEP))
  test(`a name is not remembered: ${name}`, async () => {
    const { facts, nodes } = await listKnownAfter(said);
    assert.doesNotMatch(JSON.stringify([facts, nodes]), gone);
    for (const fact of kept) assert.ok(fact in facts, `${fact}: ${JSON.stringify(facts)}`);
  });
