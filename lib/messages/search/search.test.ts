import assert from "node:assert/strict";
import { test } from "node:test";

import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeExcerpt } from "#lib/messages/search/excerpt.ts";
import { findSaid } from "#lib/messages/search/queries.ts";
import { findSaidSchema } from "#lib/messages/search/schema.ts";
import { makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

async function addSpeech(actor: Actor, firstName: string, said: [roleType: "user" | "assistant", content: string][]) {
  const user = await makeUser(actor, { firstName, lastName: "Reis" });
  const session = await makeSession(actor, { userUuid: user.uuid });
  const messages = said.map(([roleType, content], day) =>
    makeMessage(content, { roleType, createdAt: new Date(Date.UTC(2026, 0, 1 + day)) }),
  );
  await db().$transaction((tx) => appendMessages(tx, session, messages));
}

async function searchSaid(actor: Actor, asked: { text: string; speaker?: string; page?: number }) {
  const { messages } = await findSaid(actor, findSaidSchema.parse(asked));
  return messages.map(({ person, excerpt }) => `${person}: ${excerpt.map(({ words }) => words).join("")}`);
}

test("what anybody said is found by all its words in any form, the latest first, in this project alone", async () => {
  const [actor, stranger] = [await makeActor(), await makeActor()];
  await addSpeech(actor, "Ana", [
    ["user", "I moved to Zürich with my piano."],
    ["assistant", "Moving a piano needs a stair carrier."],
  ]);
  await addSpeech(actor, "Ben", [["user", "We are moving next week, without a piano."]]);
  await addSpeech(stranger, "Eve", [["user", "I moved my piano as well."]]);
  assert.deepEqual(await searchSaid(actor, { text: "pianos moving" }), [
    "Ana Reis: Moving a piano needs a stair carrier.",
    "Ana Reis: I moved to Zürich with my piano.",
    "Ben Reis: We are moving next week, without a piano.",
  ]);
  assert.deepEqual(await searchSaid(actor, { text: "piano -without", speaker: "people" }), [
    "Ana Reis: I moved to Zürich with my piano.",
  ]);
  assert.deepEqual(await searchSaid(actor, { text: '"stair carrier" or zurich', speaker: "assistants" }), [
    "Ana Reis: Moving a piano needs a stair carrier.",
  ]);
  assert.deepEqual(await searchSaid(actor, { text: "violin" }), []);
});

test("a whole question finds what has most of its words, and says so; what is asked for exactly stays exact", async () => {
  const actor = await makeActor();
  await addSpeech(actor, "Ana", [
    ["user", "I work at the bakery now."],
    ["user", "The bakery closed, so I work at a florist in Ghent."],
    ["user", "Lovely weather, or so they say."],
  ]);
  const found = await findSaid(
    actor,
    findSaidSchema.parse({ text: "Where does the florist from Ghent work these days?" }),
  );
  assert.equal(found.hasAll, false);
  assert.deepEqual(
    found.messages.map(({ excerpt }) => excerpt.filter(({ isHit }) => isHit).map(({ words }) => words)),
    [["work", "florist", "Ghent"], ["work"]],
  );
  assert.deepEqual(await searchSaid(actor, { text: '"work at Ghent"' }), []);
  const [either] = (await findSaid(actor, findSaidSchema.parse({ text: "weather or rain" }))).messages;
  assert.deepEqual(
    either?.excerpt.filter(({ isHit }) => isHit).map(({ words }) => words),
    ["weather"],
  );
});

test("words that are everywhere are told so, secrets stay masked, and more than a page is parted", async () => {
  const actor = await makeActor();
  await addSpeech(
    actor,
    "Ana",
    Array.from({ length: 27 }, (_, number) => ["user", `ticket ${number}: my password is Tulip-${number}-Garden`]),
  );
  await assert.rejects(searchSaid(actor, { text: "is my" }), /nearly every message/);
  const first = await findSaid(actor, findSaidSchema.parse({ text: "ticket" }));
  assert.deepEqual([first.messages.length, first.hasMore], [25, true]);
  assert.ok(first.messages.every(({ excerpt }) => !excerpt.some(({ words }) => words.includes("Tulip"))));
  const second = await findSaid(actor, findSaidSchema.parse({ text: "ticket", page: 2 }));
  assert.deepEqual([second.messages.length, second.hasMore], [2, false]);
});

test("an excerpt stands around the first word that was searched for, whole words only", () => {
  const long = `${"before ".repeat(60)}the piano is here ${"after ".repeat(60)}`.trim();
  const parts = makeExcerpt(long, ["pianos"]);
  assert.deepEqual(
    parts.filter(({ isHit }) => isHit).map(({ words }) => words),
    ["piano"],
  );
  const words = parts.map((part) => part.words).join("");
  assert.match(words, /^… ?(?:before )+the piano is here (?:after ?)+…$/);
  assert.ok(words.length < 300);
  assert.deepEqual(makeExcerpt("Nothing of it.", ["piano"]), [{ start: 0, words: "Nothing of it.", isHit: false }]);
});
