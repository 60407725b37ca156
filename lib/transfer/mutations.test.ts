import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { correctFact, refuteFactByHand } from "#lib/graph/edit/mutations.ts";
import { stateFact } from "#lib/graph/edit/state.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { eraseFact } from "#lib/privacy/erasure/parts.ts";
import { endSession } from "#lib/sessions/mutations.ts";
import { importRecords, type NumberedRecord } from "#lib/transfer/mutations.ts";
import { exportUsers } from "#lib/transfer/queries.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { parseLine, writeRecord } from "#lib/transfer/records.ts";
import { makeActor } from "#prisma/factories.ts";
import { describeGraph, makeJane, processAll, rememberData, rememberTurns } from "#prisma/memory-factories.ts";
import { makeSampleRecords } from "#prisma/sample.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

function parseRecords(lines: object[]): NumberedRecord[] {
  return lines.map((line, index) => {
    const parsed = parseLine(JSON.stringify(line));
    if (!("record" in parsed)) throw new Error(parsed.reason);
    return { line: index + 1, record: parsed.record };
  });
}

async function countStored(actor: Actor) {
  const where = { projectUuid: actor.projectUuid };
  return {
    users: await db().user.count({ where }),
    sessions: await db().session.count({ where }),
    messages: await db().message.count({ where }),
    episodes: await db().episode.count({ where: { ...where, messageUuid: null } }),
  };
}

const NOTHING = { users: 0, sessions: 0, messages: 0, episodes: 0 };
const SAMPLE = makeSampleRecords(new Date("2026-11-01T00:00:00Z"));

function parseWritten(lines: string[]): NumberedRecord[] {
  return parseRecords(lines.map((line) => JSON.parse(line)));
}

test("whole conversations are stored, and importing them again changes nothing", async () => {
  const actor = await makeActor();
  const records = parseWritten(SAMPLE.map(writeRecord));
  const countRecords = (type: string) => SAMPLE.filter((record) => record.type === type).length;
  const all = {
    users: countRecords("user"),
    sessions: countRecords("session"),
    messages: countRecords("message"),
    episodes: countRecords("episode"),
  };
  const { added, refused } = await importRecords(actor, records, new RecordNamer());
  assert.deepEqual(refused, []);
  assert.deepEqual(added, all);
  const again = await importRecords(actor, records, new RecordNamer());
  assert.deepEqual(again.added, NOTHING);
  assert.deepEqual(await countStored(actor), all);
});

test("what is exported can be imported elsewhere, and is exported alike there", async () => {
  const exportAll = async (actor: Actor) => {
    const users = await db().user.findMany({ where: ofProject(actor), orderBy: { userId: "asc" } });
    const outcomes = await exportUsers(
      actor,
      users.map(({ uuid }) => uuid),
    );
    return outcomes.flatMap(({ lines }) => lines);
  };
  const [here, elsewhere] = [await makeActor(), await makeActor()];
  await importRecords(here, parseWritten(SAMPLE.slice(0, 40).map(writeRecord)), new RecordNamer());
  const lines = await exportAll(here);
  assert.ok(lines.length >= 40);
  // A message's uuid belongs to one project, so that an export may be read into another one.
  const { refused } = await importRecords(elsewhere, parseWritten(lines), new RecordNamer());
  assert.deepEqual(refused, []);
  assert.deepEqual(await exportAll(elsewhere), lines);
});

test("wherever an import is cut and begun again, the outcome is that of one whole import", async () => {
  const lines = [
    { type: "user", user_id: "u" },
    { type: "session", session_id: "s", user_id: "u" },
    ...["yes", "no", "yes", "yes"].map((content) => ({ type: "message", session_id: "s", role_type: "user", content })),
    ...["Plus", "Plus"].map((plan) => ({
      type: "episode",
      user_id: "u",
      source: "json",
      content: `{"plan": "${plan}"}`,
    })),
  ];
  const records = parseRecords(lines);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: lines.length }), async (cut) => {
      const actor = await makeActor();
      await importRecords(actor, records.slice(0, cut), new RecordNamer());
      const names = new RecordNamer();
      for (const record of records) await importRecords(actor, [record], names);
      assert.deepEqual(await countStored(actor), { users: 1, sessions: 1, messages: 4, episodes: 2 });
    }),
    { numRuns: 6 },
  );
});

test("lines that cannot be stored are told with number and reason; the others are stored", async () => {
  const actor = await makeActor();
  const records = parseRecords([
    { type: "user", user_id: "u" },
    { type: "user", user_id: "v" },
    { type: "session", session_id: "s", user_id: "u" },
    { type: "session", session_id: "t", user_id: "nobody" },
    { type: "session", session_id: "s", user_id: "v" },
    { type: "message", session_id: "t", role_type: "user", content: "lost" },
    { type: "message", session_id: "s", role_type: "user", content: "kept" },
    { type: "episode", user_id: "nobody", source: "text", content: "lost" },
    { type: "episode", user_id: "v", source: "text", content: "kept" },
  ]);
  const { added, refused } = await importRecords(actor, records, new RecordNamer());
  assert.deepEqual(added, { users: 2, sessions: 1, messages: 1, episodes: 1 });
  assert.deepEqual(
    refused.map(({ line }) => line),
    [4, 5, 6, 8],
  );
});

test("what came before its user or its session was announced goes to whom the file names", async () => {
  const actor = await makeActor();
  const message = {
    role: null,
    roleType: "user",
    content: "I live in Porto.",
    metadata: {},
    tokenCount: null,
  } as const;
  const said = [{ ...message, createdAt: new Date() }];
  for (const sessionId of ["ada", "talk"]) await addMessages(actor, sessionId, said, []);
  const records = parseRecords([
    { type: "user", user_id: "ada", first_name: "Ada" },
    { type: "user", user_id: "ben" },
    { type: "session", session_id: "talk", user_id: "ben", metadata: { channel: "mail" } },
    { type: "message", session_id: "talk", role_type: "", content: "and more" },
  ]);
  const { added, refused } = await importRecords(actor, records, new RecordNamer());
  assert.deepEqual(refused, []);
  assert.deepEqual(added, { users: 2, sessions: 1, messages: 1, episodes: 0 });
  const users = await db().user.findMany({ where: ofProject(actor), orderBy: { userId: "asc" } });
  assert.deepEqual(
    users.map(({ userId, firstName, placeholder, sessionCount }) => [userId, firstName, placeholder, sessionCount]),
    [
      ["ada", "Ada", false, 1],
      ["ben", null, false, 1],
    ],
  );
  const again = await importRecords(actor, records, new RecordNamer());
  assert.deepEqual(again.added, NOTHING);
});

test("bad lines are refused with a reason that names the field", () => {
  const findReason = (line: string) => {
    const parsed = parseLine(line);
    return "reason" in parsed ? parsed.reason : "accepted";
  };
  assert.match(findReason("{"), /Not valid JSON/);
  assert.match(findReason("[]"), /type/);
  assert.match(findReason('{"type":"planet"}'), /"type" of user, session, message, episode, edit, node or session_end/);
  assert.match(findReason('{"type":"user","user_id":""}'), /user_id: Must not be empty/);
  assert.match(findReason('{"type":"user","user_id":"u","metadata":[]}'), /metadata/);
  assert.match(
    findReason('{"type":"session","session_id":"s","user_id":"u","created_at":"soon"}'),
    /created_at: Must be a time/,
  );
  assert.match(findReason('{"type":"message","session_id":"s","role_type":"user"}'), /content/);
  assert.match(
    findReason('{"type":"episode","user_id":"u","source":"json","content":"{"}'),
    /content: Is not valid JSON/,
  );
  assert.match(
    findReason('{"type":"episode","user_id":"u","source":"fact_triple","content":"x"}'),
    /source: .*text, json/,
  );
  assert.match(
    findReason('{"type":"message","session_id":"s","role_type":"user","content":"x","uuid":"7"}'),
    /uuid: Must be a UUID/,
  );
  assert.equal(findReason('{"type":"user","user_id":"u","metadata":null,"email":null,"unknown":1}'), "accepted");
});

test("what was stated, corrected and deleted by hand is so elsewhere, and the second export equals the first", async () => {
  const here = await makeActor();
  const jane = await makeJane(here, { email: "jane@example.org" });
  await rememberTurns(jane, [
    "I live in Ghent.",
    "I work at Acme.",
    "My brother Tom has a dog called Rex.",
    "I love sushi.",
  ]);
  await rememberData(jane, { plan: "Gold" });
  const find = (word: string) =>
    db().edge.findFirstOrThrow({ where: { graphUuid: jane.uuid, fact: { contains: word } } });
  await eraseFact(here, { uuid: (await find("sushi")).uuid });
  await correctFact(here, { uuid: (await find("Ghent")).uuid, fact: "Jane Smith lives in Bruges", since: "" });
  await refuteFactByHand(here, { uuid: (await find("Acme")).uuid });
  const stated = {
    name: "OWNS",
    fact: "Jane owns a boat",
    validAt: new Date("2026-01-01"),
    invalidAt: null,
    expiredAt: null,
  };
  await stateFact(
    here,
    { userId: jane.userId },
    {
      ...stated,
      idempotencyKey: randomUUID(),
      source: { name: "Jane Smith" },
      target: { name: "Boat" },
      createdAt: new Date("2026-02-01"),
    },
  );
  const { sessionId } = await db().session.findFirstOrThrow({ where: { userUuid: jane.uuid } });
  await endSession(here, sessionId);
  const elsewhere = await makeActor();
  const [exported] = await exportUsers(here, [jane.uuid]);
  const lines = exported?.lines ?? [];
  const { refused } = await importRecords(elsewhere, parseWritten(lines), new RecordNamer());
  assert.deepEqual(refused, []);
  const { uuid, projectUuid } = await db().user.findFirstOrThrow({ where: ofProject(elsewhere) });
  const twin = { actor: elsewhere, userId: jane.userId, uuid, projectUuid };
  await processAll(twin);
  const listTold = async (person: typeof twin) => (await describeGraph(person)).facts;
  assert.deepEqual(await listTold(twin), await listTold(jane));
  const told = JSON.stringify(await listTold(twin));
  assert.match(told, /Bruges/);
  assert.match(told, /boat/);
  assert.doesNotMatch(told, /sushi|Acme/);
  const [again] = await exportUsers(elsewhere, [uuid]);
  assert.deepEqual(again?.lines, lines);
  assert.ok((await db().session.findFirstOrThrow({ where: ofProject(elsewhere) })).endedAt);
  // Reading the file once more changes nothing.
  await importRecords(elsewhere, parseWritten(lines), new RecordNamer());
  assert.deepEqual(await listTold(twin), await listTold(jane));
});
