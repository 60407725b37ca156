import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { pollUntil } from "#e2e/poll.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { closeDatabase, db } from "#lib/db/client.ts";
import { getOwnerUrl, setEnv } from "#lib/env.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { certifyUnknown } from "#lib/privacy/erasure/absence.ts";
import { eraseRequested, eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { eraseEpisode, eraseMessage } from "#lib/privacy/erasure/parts.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { placeHold, releaseHold } from "#lib/privacy/holds/mutations.ts";
import { getJournalPath, readJournal, writeIntent } from "#lib/privacy/journal/journal.ts";
import { reconcileJournal } from "#lib/privacy/journal/reconcile.ts";
import { decideByRule } from "#lib/privacy/mentions/decide.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { replayErasures } from "#lib/privacy/replay/replay.ts";
import { createUser } from "#lib/users/mutations.ts";
import { addTurns, makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { describeGraph, makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import {
  cloneDatabase,
  makeTestSecrets,
  openTestDatabase,
  runAsOwner,
  runOnServer,
  toRoles,
} from "#prisma/test-database.ts";

await openTestDatabase();

/** A database, keys and a journal of its own for each test. */
beforeEach(async () => {
  await closeDatabase();
  setEnv({ ...toRoles(await cloneDatabase()), ...makeTestSecrets() });
});

const BLANK = { email: null, firstName: null, lastName: null, metadata: {} };

async function makeErasable(actor: Actor) {
  const person = await makeUser(actor, { email: "gone@example.org" });
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "I live in Ghent.");
  return person;
}

async function readOutcomes() {
  const { entries, outcomes, problem } = await readJournal(await listPublicKeys());
  return { entries: [...entries.keys()], outcomes: [...outcomes.values()], problem };
}

function listLines(): string[] {
  return readFileSync(getJournalPath(), "utf8").trimEnd().split("\n");
}

/** Copies the database as it is now, as a backup would. */
async function backUp(): Promise<string> {
  await closeDatabase();
  const name = new URL(getOwnerUrl()).pathname.slice(1);
  await runOnServer((client) => client.query(`CREATE DATABASE ${name}_backup TEMPLATE ${name}`));
  const url = new URL(getOwnerUrl());
  url.pathname = `/${name}_backup`;
  return url.href;
}

async function restoreBackup(backup: string): Promise<void> {
  await closeDatabase();
  setEnv(toRoles(backup));
}

test("an erasure is written down before it commits and after, and says nothing of whom", async () => {
  const actor = await makeActor();
  const person = await makeErasable(actor);
  const { receipt } = await eraseUserById(actor, person.userId);
  assert.deepEqual(await readOutcomes(), { entries: [receipt], outcomes: ["done"], problem: null });
  const written = listLines().map((line) => Buffer.from(line.split(".")[1] ?? "", "base64url").toString());
  assert.ok(!written.join().includes(person.userId) && !written.join().includes(person.uuid));
  assert.deepEqual(await reconcileJournal(), { missing: [], problem: null });
});

test("a line that was changed, taken out or moved is found", async () => {
  const actor = await makeActor();
  for (let times = 0; times < 3; times += 1) await eraseUserById(actor, (await makeUser(actor)).userId);
  const lines = listLines();
  const [first = "", second = "", ...rest] = lines;
  for (const forged of [
    [`${first.slice(0, -3)}AAA`, second, ...rest],
    [second, ...rest],
    [second, first, ...rest],
    [first, ...rest],
  ]) {
    writeFileSync(getJournalPath(), `${forged.join("\n")}\n`);
    assert.match((await readOutcomes()).problem ?? "", /was changed, or lines before it are missing/);
    assert.deepEqual((await reconcileJournal()).missing, []);
  }
  writeFileSync(getJournalPath(), `${lines.slice(0, 2).join("\n")}\n`);
  assert.match((await reconcileJournal()).problem ?? "", /lacks 2 that the database has receipts for/);
});

test("what a killed process has not written down is written by the next start: done, or not", async () => {
  const actor = await makeActor();
  const { receipt } = await eraseUserById(actor, (await makeUser(actor)).userId);
  const [intended = ""] = listLines();
  writeFileSync(getJournalPath(), `${intended}\n`);
  await reconcileJournal();
  assert.deepEqual(await readOutcomes(), { entries: [receipt], outcomes: ["done"], problem: null });

  const never = "0198f3c0-0000-7000-8000-000000000000";
  await db()
    .$transaction(async (tx) => {
      await writeIntent(tx, {
        receipt: never,
        project: actor.projectUuid,
        scope: "person",
        identifiers: ["AA"],
        kinds: ["user_id"],
        keyId: "k",
        keptOut: false,
        known: true,
        at: new Date().toISOString(),
      });
      throw new Error("the process ends here");
    })
    .catch(() => undefined);
  await reconcileJournal();
  assert.deepEqual((await readOutcomes()).outcomes, ["done", "withdrawn"]);
  assert.equal(await db().restoreGate.count(), 0);
});

test("whom a request found nobody for is erased where a restored backup knows them, and else the receipt is as it was", async () => {
  const actor = await makeActor();
  const { projectUuid } = actor;
  const person = await makeUser(actor, { userId: "known-to-the-backup" });
  const backup = await backUp();
  await runAsOwner("DELETE FROM nodes WHERE graph_uuid = $1", [person.uuid], { asReplica: true });
  await runAsOwner("DELETE FROM users WHERE uuid = $1", [person.uuid], { asReplica: true });
  await certifyUnknown(actor, { identifier: person.userId, keptOut: false });
  const { receipt } = await certifyUnknown(actor, { identifier: "never-here", keptOut: true });
  await restoreBackup(backup);
  assert.equal((await reconcileJournal()).missing.length, 2);
  assert.deepEqual(await replayErasures(), { erased: 1, absent: 1, held: 0, unproved: 0 });
  assert.equal(await db().user.count({ where: { projectUuid } }), 0);
  const { facts } = await db().receipt.findFirstOrThrow({ where: { projectUuid, uuid: receipt } });
  assert.equal(receiptFactsSchema.parse(facts).known, false);
  await assert.rejects(createUser(actor, { ...BLANK, userId: "never-here" }), { code: "suppressed" });
});

test("in a restored backup others' words are changed again as they were decided, and what was kept stays", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(actor);
  const { session } = await rememberTurns(jane, ["Erica Gone lives in Ghent.", "I like Erica Gone."]);
  const backup = await backUp();
  const mentions = await decideByRule(actor, erica.uuid, "redact");
  const [first, second] = await db().message.findMany({
    where: { sessionUuid: session },
    orderBy: { position: "asc" },
  });
  const decided = (mentions ?? []).map((mention) =>
    mention.uuid === second?.uuid ? { ...mention, decision: "keep" as const, ground: "their own record" } : mention,
  );
  const [plan] = await planErasures(actor, { uuids: [erica.uuid] });
  const request = {
    ...{ number: 1, law: "gdpr", channel: "email", receivedAt: "", verifiedAt: "", verification: "attested", plan: "" },
    ...{ approvals: [], singleOperator: true },
  };
  const settle = () => Promise.resolve();
  await eraseRequested(actor, { uuid: erica.uuid, keptOut: false, plan: plan?.hash ?? "", decided, request, settle });
  const written = listLines()
    .map((line) => Buffer.from(line.split(".")[1] ?? "", "base64url").toString())
    .join();
  assert.ok(!written.includes(first?.uuid ?? "?") && !/Erica|Gone/.test(written));
  await restoreBackup(backup);
  await reconcileJournal();
  assert.deepEqual(await replayErasures(), { erased: 1, absent: 0, held: 0, unproved: 0 });
  const left = await db().message.findMany({ where: { sessionUuid: session }, orderBy: { position: "asc" } });
  assert.deepEqual(
    left.map(({ content }) => content),
    ["[erased] lives in Ghent.", "I like Erica Gone."],
  );
});

test("while somebody erases, the journal is not read as if they had been killed", async () => {
  const actor = await makeActor();
  const person = await makeErasable(actor);
  const [{ missing }] = await Promise.all([
    reconcileJournal(),
    eraseUserById(actor, person.userId),
    reconcileJournal(),
  ]);
  assert.deepEqual(missing, []);
  assert.deepEqual((await readOutcomes()).outcomes, ["done"]);
});

test("a restored backup takes nothing in before it has erased again, spares who came later, and proves it", async () => {
  const actor = await makeActor();
  const { projectUuid } = actor;
  const person = await makeErasable(actor);
  const other = await makeErasable(actor);
  const session = await makeSession(actor, { userUuid: other.uuid });
  await addTurns(session, "I work at Acme.");
  const backup = await backUp();
  await eraseUserById(actor, person.userId);
  await eraseSessionById(actor, session.sessionId);
  const later = await makeUser(actor);
  await eraseUserById(actor, later.userId);
  assert.deepEqual((await reconcileJournal()).missing, []);

  await restoreBackup(backup);
  const behind = await reconcileJournal();
  assert.equal(behind.missing.length, 3);
  assert.equal(await db().user.count({ where: { projectUuid, userId: person.userId } }), 1);
  await assert.rejects(createUser(actor, { ...BLANK, userId: "new" }), {
    code: "unavailable",
    message: /erasure:replay/,
  });
  const place = { projectUuid, userUuid: other.uuid, uuid: session.uuid };
  await assert.rejects(
    db().$transaction((tx) => appendMessages(tx, place, [makeMessage("late")])),
    /replayed/,
  );

  assert.deepEqual(await replayErasures(), { erased: 2, absent: 1, held: 0, unproved: 0 });
  assert.equal(await db().user.count({ where: { projectUuid } }), 1);
  assert.equal(await db().session.count({ where: { projectUuid } }), 1);
  assert.deepEqual((await reconcileJournal()).missing, []);
  await createUser(actor, { ...BLANK, userId: person.userId });
  await replayErasures();
  assert.equal(await db().user.count({ where: { projectUuid, userId: person.userId } }), 1);
});

test("whoever was kept out is kept out of a restored database as well", async () => {
  const actor = await makeActor();
  const { projectUuid } = actor;
  const person = await makeErasable(actor);
  const backup = await backUp();
  const late = await makeUser(actor);
  await db().project.update({ where: { uuid: projectUuid }, data: { keepsOutDeleted: true } });
  await eraseUserById(actor, person.userId);
  await eraseUserById(actor, late.userId);
  await restoreBackup(backup);
  await reconcileJournal();
  await replayErasures();
  for (const userId of [person.userId, late.userId])
    await assert.rejects(createUser(actor, { ...BLANK, userId }), { code: "suppressed" });
});

/** Erases in a process of its own, which the test can kill. */
function startErasing(userId: string, slug: string) {
  const script = `
    import { Actor } from "#lib/auth/actor.ts";
    import { eraseRequested, eraseUserById } from "#lib/privacy/erasure/mutations.ts";
    await eraseUserById(await Actor.ofCommandLine(${JSON.stringify(slug)}), ${JSON.stringify(userId)});
    process.exit(0);`;
  const root = join(import.meta.dirname, "../../..");
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    cwd: root,
    stdio: "ignore",
  });
  return { child, ended: new Promise((done) => child.once("exit", done)) };
}

const STEPS = {
  "while rows are deleted": "CREATE TRIGGER wait BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION test_wait()",
  "while the receipt is written":
    "CREATE TRIGGER wait BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION test_wait()",
  "between the journal's line and the commit":
    "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON receipts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_wait()",
};

for (const [step, trigger] of Object.entries(STEPS))
  test(`killed ${step}, an erasure has done nothing, or all of it with a receipt that the restart proves`, async () => {
    const actor = await makeActor();
    const { projectUuid } = actor;
    const { slug } = await db().project.findUniqueOrThrow({ where: { uuid: projectUuid } });
    const person = await makeErasable(actor);
    await runAsOwner(`CREATE FUNCTION test_wait() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(2); RETURN coalesce(NEW, OLD); END $$`);
    await runAsOwner(trigger);
    const { child, ended } = startErasing(person.userId, slug);
    const findSleeper = async () => {
      const sleepers = await runAsOwner(
        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
      );
      return sleepers.length;
    };
    await pollUntil(findSleeper, (sleepers) => sleepers > 0, 20_000);
    child.kill("SIGKILL");
    await ended;
    await pollUntil(findSleeper, (sleepers) => sleepers === 0, 20_000);
    await runAsOwner("DROP FUNCTION test_wait() CASCADE");
    await reconcileJournal();
    const left = await db().user.count({ where: { projectUuid } });
    const receipts = await db().receipt.findMany({ where: { projectUuid } });
    assert.equal(receipts.length, left === 0 ? 1 : 0);
    await provePendingReceipts();
    for (const { status } of await db().receipt.findMany({ where: { projectUuid } })) assert.equal(status, "confirmed");
    const { entries, outcomes } = await readOutcomes();
    assert.equal(outcomes.length, entries.length);
    assert.deepEqual(outcomes, entries.length === 0 ? [] : [left === 0 ? "done" : "withdrawn"]);
    await eraseUserById(actor, person.userId).catch(() => undefined);
    assert.equal(await db().user.count({ where: { projectUuid } }), 0);
  });

test("a replay without the key that hashed the people finds nobody, says so, and lets nobody in", async () => {
  const actor = await makeActor();
  const { projectUuid } = actor;
  const person = await makeErasable(actor);
  const backup = await backUp();
  await eraseUserById(actor, person.userId);
  await restoreBackup(backup);
  setEnv({ LETHE_SUPPRESSION_KEY: "another-key-of-more-than-thirty-two-letters" });
  await reconcileJournal();
  await assert.rejects(replayErasures(), { code: "unavailable", message: /another LETHE_SUPPRESSION_KEY/ });
  await assert.rejects(createUser(actor, { ...BLANK, userId: "new" }), { code: "unavailable" });
  assert.equal(await db().receipt.count({ where: { projectUuid } }), 0);
});

test("a journal in lines of a key that is none of the instance's, or with a line that was changed, lets nobody in", async () => {
  for (const harm of ["another key", "a changed line"]) {
    const actor = await makeActor();
    const backup = await backUp();
    await eraseUserById(actor, (await makeErasable(actor)).userId);
    await restoreBackup(backup);
    if (harm === "another key") setEnv({ LETHE_SIGNING_KEY: makeTestSecrets().LETHE_SIGNING_KEY });
    else writeFileSync(getJournalPath(), `${listLines().join("\n").slice(0, -4)}AAAA\n`);
    assert.ok((await reconcileJournal()).problem, harm);
    await assert.rejects(createUser(actor, { ...BLANK, userId: "new" }), { code: "unavailable" }, harm);
    await assert.rejects(replayErasures(), { code: "conflict" }, harm);
    await closeDatabase();
    setEnv({ ...toRoles(await cloneDatabase()), ...makeTestSecrets() });
  }
});

test("a line that was being written when the process died is cut off, and the journal goes on", async () => {
  const actor = await makeActor();
  await eraseUserById(actor, (await makeUser(actor)).userId);
  const whole = readFileSync(getJournalPath(), "utf8");
  writeFileSync(getJournalPath(), `${whole}${(listLines()[0] ?? "").slice(0, 80)}`);
  assert.deepEqual(await reconcileJournal(), { missing: [], problem: null });
  await eraseUserById(actor, (await makeUser(actor)).userId);
  const { problem, outcomes } = await readOutcomes();
  assert.deepEqual([problem, outcomes], [null, ["done", "done"]]);
});

test("whoever is held in the backup is not erased by the replay, and keeps nobody else from it", async () => {
  const actor = await makeActor();
  const [held, other] = [await makeErasable(actor), await makeErasable(actor)];
  await placeHold(actor, { userId: held.userId, sessionId: "", matter: "Smith against Acme", reviewAt: "" });
  const { uuid } = await db().legalHold.findFirstOrThrow();
  const backup = await backUp();
  await releaseHold(actor, { hold: uuid, reason: "The matter was settled." });
  for (const { userId } of [held, other]) await eraseUserById(actor, userId);
  await restoreBackup(backup);
  assert.deepEqual(await replayErasures(), { erased: 1, absent: 0, held: 1, unproved: 0 });
  await assert.rejects(createUser(actor, { ...BLANK, userId: "new" }), { code: "unavailable" });
  await releaseHold(actor, { hold: uuid, reason: "The matter was settled." });
  assert.deepEqual(await replayErasures(), { erased: 1, absent: 0, held: 0, unproved: 0 });
  await createUser(actor, { ...BLANK, userId: "new" });
});

test("parts that were forgotten are forgotten again in a restored database", async () => {
  const actor = await makeActor();
  const jane = await makeJane(actor);
  const { session, episodes } = await rememberTurns(jane, ["I live in Ghent.", "I work at Acme.", "I like tea."]);
  const backup = await backUp();
  await eraseMessage(actor, { session, message: episodes[0] ?? "" });
  await eraseEpisode(actor, episodes[1] ?? "");
  await restoreBackup(backup);
  await reconcileJournal();
  assert.deepEqual(await replayErasures(), { erased: 2, absent: 0, held: 0, unproved: 0 });
  assert.equal(await db().message.count({ where: { userUuid: jane.uuid } }), 2);
  assert.doesNotMatch(JSON.stringify(await describeGraph(jane)), /Ghent|Acme/);
});
