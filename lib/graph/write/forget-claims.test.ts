import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { rereadGraph } from "#lib/ingestion/mutations.ts";
import { listEpisodeStates } from "#lib/ingestion/queries.ts";
import { listMessages } from "#lib/messages/queries.ts";
import { eraseEpisode } from "#lib/privacy/erasure/parts.ts";
import { makeActor } from "#prisma/factories.ts";
import {
  findInconsistencies,
  type KnownPerson,
  makeJane,
  processAll,
  rememberTurns,
} from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

/** What memory gives out about something: its facts, quotations, nodes and episodes. */
async function recallAbout(person: KnownPerson, query: string): Promise<string[]> {
  const find = (scope: "edges" | "nodes" | "episodes") =>
    searchGraph(actor, person, { ...DEFAULT_SEARCH, query, scope, limit: 50 });
  const [{ edges }, { nodes }, { episodes }] = [await find("edges"), await find("nodes"), await find("episodes")];
  const found = [
    ...edges.map(({ fact }) => fact),
    ...nodes.map(({ name, summary }) => `${name} ${summary}`),
    ...episodes.map(({ content }) => content),
  ];
  return found.filter((text) => new RegExp(query, "i").test(text));
}

/** What is said, the order to forget it, and a word of it that no memory may hold; `kept` stays. */
const ORDERS: [said: string[], order: string, gone: string, kept?: string][] = [
  [
    ["I quit the violin last year sadly, there was never enough time."],
    "pls don't remember that i quit violin",
    "violin",
  ],
  [
    ["My ex-husband David has the kids every other weekend.", "My sister Anna lives in Porto."],
    "Please forget that my ex-husband has the kids every other weekend, that changed.",
    "weekend",
    "Porto",
  ],
  [
    ["Last year I was diagnosed with diabetes.", "I live in Porto."],
    "Oops, please forget that I have diabetes.",
    "diabetes",
    "Porto",
  ],
  [
    ["I live in Porto.", "I was arrested in Vienna last summer and it was awful."],
    "Oops, please forget that.",
    "Vienna",
    "Porto",
  ],
  [["I live in Porto.", "I love sushi."], "Please don't store what I just said.", "sushi", "Porto"],
  [["I live in Porto.", "My ex Carla stole my car in 2019."], "Forget what I told you about my ex.", "Carla", "Porto"],
  [
    [
      "I don't eat pork, my girlfriend Inês is Muslim.",
      "Inês and I painted the kitchen last year.",
      "I live in Porto.",
    ],
    "please forget my ex's name and her phd, I dont want to see it",
    "Inês",
    "Porto",
  ],
  [
    ["Declan did his back in March and has to rest."],
    "forget what i said about Declan's back, he'd kill me",
    "his back",
  ],
  [["I have a pacemaker since 2021."], "Don't remember my pacemaker, my insurance does not need to know", "pacemaker"],
  [
    ["I was the treasurer of the bowls club until last May.", "I live in Porto."],
    "Please forget all about the treasurer business, there was some unpleasantness.",
    "treasurer",
    "Porto",
  ],
  [
    ["We are getting divorced, it was a long year."],
    "And please do not keep a record of the divorce in the notes.",
    "divorced",
  ],
  [
    ["Our wedding was beautiful last year and I cried.", "I live in Porto."],
    "They're expecting, due in May. Dont tell anyone, and please don't remember that",
    "expecting",
    "wedding",
  ],
  [["I live in Porto."], "Off the record. I was fired from Bosch last year.", "Bosch", "Porto"],
  [["My brother Tom has cancer.", "I live in Porto."], "Forget that my brother has cancer.", "cancer", "Porto"],
  [
    ["My husband Karl works at Siemens.", "I live in Porto."],
    "Forget that my husband works at Siemens",
    "Siemens",
    "Porto",
  ],
  [["My phone number is +351 912 345 678.", "I live in Porto."], "Please forget my phone number", "912", "Porto"],
  [["I live in Porto.", "I love sushi."], "I'd rather you forgot where I live.", "Porto", "sushi"],
  [["My daughter Mia is 7.", "I love sushi."], "Forget everything about my daughter.", "Mia", "sushi"],
  [
    ["My brother Tom has cancer.", "My brother Tom hates his job and drinks."],
    "Forget my brother Tom's cancer",
    "cancer",
    "hates",
  ],
  [
    ["I love jazz.", "My father loved jazz and played every Sunday in Cork."],
    "Forget that I love jazz",
    "likes jazz",
    "Cork",
  ],
  [
    ["I live in Porto.", "I take lithium since last year. Don't remember the lithium."],
    "Thank you so much for this.",
    "lithium",
    "Porto",
  ],
  [["I live in Porto."], "I was in hospital in Vienna last May. Please don't remember that.", "Vienna", "Porto"],
];

for (const [said, order, gone, kept] of ORDERS)
  test(`"${order}" leaves nothing of it in memory, read again or not, and says so where it was told`, async () => {
    const jane = await makeJane(actor);
    const { session } = await rememberTurns(jane, [...said, order]);
    for (const _ of ["read", "read again"]) {
      assert.deepEqual(await recallAbout(jane, gone), []);
      if (kept) assert.notDeepEqual(await recallAbout(jane, kept), []);
      await rereadGraph(actor, jane.uuid);
      await processAll(jane);
    }
    const told = (await listMessages(actor, { session, window: 0 })).filter(({ content }) => content.includes(gone));
    assert.ok(told.every(({ withheld }) => withheld));
    assert.deepEqual(await findInconsistencies(jane), []);
  });

test("a joke that the next message takes back is not known, and nobody asked to forget it", async () => {
  const jane = await makeJane(actor);
  const { session } = await rememberTurns(jane, ["I live in Porto.", "I'm vegan now.", "haha just kidding!"]);
  assert.deepEqual(await recallAbout(jane, "is vegan"), []);
  assert.notDeepEqual(await recallAbout(jane, "Porto"), []);
  assert.ok((await listMessages(actor, { session, window: 0 })).every(({ withheld }) => !withheld));
});

test("what is told again after it was to be forgotten is known again, and an order that is deleted withholds nothing", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Porto.", "Please forget that."]);
  assert.deepEqual(await recallAbout(jane, "Porto"), []);
  const [order] = await listEpisodeStates(actor, jane.uuid, 1);
  await eraseEpisode(actor, order?.uuid ?? "");
  assert.notDeepEqual(await recallAbout(jane, "Porto"), []);
  await rememberTurns(jane, ["Forget that I live in Porto."], "2026-02-01T10:00:00Z");
  assert.deepEqual(await recallAbout(jane, "lives in Porto"), []);
  await rememberTurns(jane, ["I live in Porto."], "2026-03-01T10:00:00Z");
  await rereadGraph(actor, jane.uuid);
  await processAll(jane);
  assert.notDeepEqual(await recallAbout(jane, "lives in Porto"), []);
});
