import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createApiKey } from "#lib/api-keys/mutations.ts";
import { Actor } from "#lib/auth/actor.ts";
import { SCOPES } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { getFactRecord, getNode, getUserNode, listFactsOfSession, listSessionEpisodes } from "#lib/graph/queries.ts";
import { DEFAULT_SEARCH, FIRST_GRAPH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { listGraphsWithBacklog } from "#lib/ingestion/waiting-episodes.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { eraseUser, eraseUserById, eraseUsers } from "#lib/privacy/erasure/mutations.ts";
import { eraseMessage } from "#lib/privacy/erasure/parts.ts";
import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { placeHold, releaseHold } from "#lib/privacy/holds/mutations.ts";
import { agreeToPolicy, changePolicy } from "#lib/privacy/policy/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import {
  cancelRequest,
  decideRequest,
  refuseRequest,
  undoSchedule,
  withdrawRequest,
} from "#lib/privacy/requests/decide.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import { answerRequest, closeUnknown, fulfilRequest, liftRestriction } from "#lib/privacy/requests/fulfil.ts";
import { performDueRequests } from "#lib/privacy/requests/perform.ts";
import { countRequests, getRequest } from "#lib/privacy/requests/queries.ts";
import {
  assignRequest,
  attestRequest,
  decideMentions,
  extendRequest,
  holdRequest,
  resumeRequest,
  reviewRequest,
  submitRequest,
} from "#lib/privacy/requests/review.ts";
import { fileRequestSchema } from "#lib/privacy/requests/schema.ts";
import { LIFECYCLE, REQUEST_STATES, type RefusalGround, type RequestState } from "#lib/privacy/requests/terms.ts";
import { confirmRequest, makeVerificationCode } from "#lib/privacy/requests/verify.ts";
import { createUser } from "#lib/users/mutations.ts";
import { addTurns, makeMessage, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";
import { listFacts, makeJane, processAll, rememberTurns } from "#prisma/memory-factories.ts";
import { ASKED, fileFor, readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

/** The queue with no filter set. */
const ANY = { state: null, type: null, law: null, due: null, whose: null, from: null, to: null };

const UTC = { timeZone: "UTC", restDays: [], graceHours: 0 };

/** Two who work on requests, under a policy that asks for so many approvals. */
async function makeDesk(approvalsRequired = 1, graceHours = 0) {
  const { actor: admin } = await makeOperator("admin");
  const { actor: filer } = await makeOperator("privacy", admin);
  const { actor: other } = await makeOperator("privacy", admin);
  await changePolicy(admin, { ...UTC, approvalsRequired, graceHours });
  return { admin, filer, other };
}

/** An application with a key that may do everything. */
async function makeApplication(admin: Actor) {
  const application = await Actor.ofApiKey((await createApiKey(admin, { name: "test", scopes: [...SCOPES] })).key);
  assert.ok(application);
  return application;
}

/** Takes a request on: verified, looked into, all mentions decided, and handed in. */
async function submitPlan(actor: Actor, request: string) {
  await attestRequest(actor, (await readRequest(actor, request)).seen);
  await decideMentions(actor, { ...(await readRequest(actor, request)).seen, mentions: [], decision: "redact" });
  await submitRequest(actor, (await readRequest(actor, request)).seen);
}

async function approvePlan(actor: Actor, request: string, step: "plan" | "expedite" = "plan") {
  await decideRequest(actor, { ...(await readRequest(actor, request)).seen, step, approved: true, reason: "" });
}

async function handOverCode(actor: Actor, request: string) {
  const { handedOver } = await makeVerificationCode(actor, {
    ...(await readRequest(actor, request)).seen,
    mailTo: null,
  });
  assert.ok(handedOver);
  return handedOver;
}

async function performAll() {
  do await provePendingReceipts({ atOnce: true });
  while ((await performDueRequests()) > 0);
}

test("the whole way by two: filed, verified, planned, a mention redacted, approved, undone, approved again, done, proved", async () => {
  const { filer, other } = await makeDesk(1, 24);
  const erica = await makeUser(filer, {
    userId: "erica-1",
    email: "erica@example.org",
    firstName: "Erica",
    lastName: "Gone",
  });
  const jane = await makeJane(filer);
  await rememberTurns(jane, ["Erica Gone lives in Ghent.", "I work at Acme."]);
  const request = await fileFor(filer, "Erica@example.org");
  await submitPlan(filer, request);
  assert.equal((await readRequest(filer, request)).state, "awaiting_approval");
  await assert.rejects(approvePlan(filer, request), { code: "conflict", message: /second person/ });
  await approvePlan(other, request);
  assert.equal((await readRequest(filer, request)).state, "scheduled");
  await undoSchedule(filer, { ...(await readRequest(filer, request)).seen, reason: "they called to think it over" });
  assert.equal(await db().restriction.count({ where: ofProject(filer) }), 0);
  await submitRequest(filer, (await readRequest(filer, request)).seen);
  assert.equal((await readRequest(filer, request)).state, "awaiting_approval", "the approval of before counts no more");
  await approvePlan(other, request);
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "scheduled", "there is a day to change one's mind");
  await assert.rejects(approvePlan(filer, request, "expedite"), { code: "conflict" });
  await approvePlan(other, request, "expedite");
  await performAll();
  const done = await readRequest(filer, request);
  assert.equal(done.state, "completed");
  assert.equal(await db().user.count({ where: { uuid: erica.uuid } }), 0);
  const messages = await db().message.findMany({ where: { userUuid: jane.uuid }, orderBy: { position: "asc" } });
  assert.equal(messages[0]?.content, "[erased] lives in Ghent.");
  await assert.rejects(
    createUser(filer, { userId: "erica-1", email: null, firstName: null, lastName: null, metadata: {} }),
    { code: "suppressed" },
  );
  const receipt = await db().receipt.findFirstOrThrow({ where: { ...ofProject(filer), uuid: done.receiptUuid ?? "" } });
  const payload = JSON.parse(Buffer.from(receipt.jws?.split(".")[1] ?? "", "base64url").toString());
  assert.equal(payload.requestedBy, "request");
  assert.equal(payload.request.number, Number(done.number));
  assert.equal(payload.request.singleOperator, false);
  assert.deepEqual(
    payload.request.approvals.map(({ role }: { role: string }) => role),
    ["privacy"],
  );
  assert.equal(payload.mentions.redacted, 1);
  assert.doesNotMatch(JSON.stringify(payload), /erica/i);
  assert.equal(await db().requestMention.count({ where: ofProject(filer) }), 0);
});

test("whoever is scheduled to be erased is restricted: nothing new is taken in, and undone it is again", async () => {
  const { filer, admin } = await makeDesk(0, 24);
  const erica = await makeUser(filer);
  const session = await makeSession(filer, { userUuid: erica.uuid });
  const { sessionId } = await db().session.findFirstOrThrow({ where: { uuid: session.uuid } });
  const request = await fileFor(filer, erica.userId);
  await submitPlan(filer, request);
  assert.equal((await readRequest(filer, request)).state, "scheduled", "one person may do it all here");
  const say = () => addMessages(admin, sessionId, [makeMessage("I live in Ghent.")], []);
  await assert.rejects(say(), { code: "restricted" });
  await withdrawRequest(filer, { ...(await readRequest(filer, request)).seen, reason: "they have taken it back" });
  await say();
  assert.equal((await readRequest(filer, request)).closedAt instanceof Date, true);
});

test("a hold stops it, and its release lets it be done; a scope that has changed sends it back to review", async () => {
  const { filer } = await makeDesk(0);
  const erica = await makeUser(filer);
  const request = await fileFor(filer, erica.userId);
  await submitPlan(filer, request);
  await placeHold(filer, { userId: erica.userId, sessionId: "", matter: "a matter of ours", reviewAt: "" });
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "blocked_by_hold");
  const hold = await db().legalHold.findFirstOrThrow({ where: { userUuid: erica.uuid } });
  await releaseHold(filer, { hold: hold.uuid, reason: "the matter is over" });
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "completed");

  const jane = await makeUser(filer);
  const second = await fileFor(filer, jane.userId);
  await submitPlan(filer, second);
  await runAsOwner("UPDATE users SET email = 'new@example.org' WHERE uuid = $1", [jane.uuid], { asReplica: true });
  await performAll();
  const back = await readRequest(filer, second);
  assert.equal(back.state, "in_review");
  assert.match(back.stateReason ?? "", /changed/);
  assert.equal(await db().user.count({ where: { uuid: jane.uuid } }), 1);
});

test("a plan with an open mention is not handed in, and one that is kept says why", async () => {
  const { filer } = await makeDesk(0);
  const erica = await makeUser(filer, { firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(filer);
  await rememberTurns(jane, ["Erica Gone lives in Ghent.", "I like Erica Gone."]);
  const request = await fileFor(filer, erica.userId);
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await assert.rejects(submitRequest(filer, (await readRequest(filer, request)).seen), { message: /2 are open/ });
  const [first] = await db().requestMention.findMany({ where: ofProject(filer) });
  const one = [{ place: "message" as const, uuid: first?.uuid ?? "" }];
  const keep = { ...(await readRequest(filer, request)).seen, mentions: one, decision: "keep" as const };
  await assert.rejects(decideMentions(filer, keep), { code: "invalid" });
  await decideMentions(filer, { ...keep, ground: "somebody_else" });
  await decideMentions(filer, {
    ...(await readRequest(filer, request)).seen,
    mentions: (await db().requestMention.findMany({ where: { ...ofProject(filer), decision: null } })).map(
      ({ place, uuid }) => ({ place, uuid }),
    ),
    decision: "redact",
  });
  await submitRequest(filer, (await readRequest(filer, request)).seen);
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "completed_partial");
  const left = await db().message.findMany({ where: { userUuid: jane.uuid } });
  assert.equal(left.filter(({ content }) => content.includes("Erica Gone")).length, 1);
});

test("nobody works on a request about themselves", async () => {
  const { filer, other, admin } = await makeDesk(1);
  const operator = await db().operator.findUniqueOrThrow({ where: { uuid: filer.uuid ?? "" } });
  await makeUser(admin, { userId: "the-operator", email: operator.email });
  await assert.rejects(fileFor(filer, "the-operator"), { code: "conflict", message: /about yourself/ });
  const request = await fileFor(other, "the-operator");
  await assert.rejects(attestRequest(filer, (await readRequest(filer, request)).seen), { message: /about yourself/ });
  await submitPlan(other, request);
  await assert.rejects(approvePlan(filer, request), { message: /about yourself/ });
  await approvePlan(admin, request);
  assert.equal((await readRequest(filer, request)).state, "scheduled");
});

test("two who decide at the same moment: each counts once, and the second sees that something has changed", async () => {
  const { filer, other, admin } = await makeDesk(1);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  await submitPlan(filer, request);
  const outcomes = await Promise.allSettled([approvePlan(other, request), approvePlan(admin, request)]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal(await db().requestApproval.count({ where: ofProject(filer) }), 1);
});

test("the same reference is filed once, and only verified requests exclude each other", async () => {
  const { filer } = await makeDesk(0);
  const { userId } = await makeUser(filer);
  const first = await fileRequest(filer, { ...ASKED, identifier: userId, receivedAt: new Date(), externalRef: "T-1" });
  const again = await fileRequest(filer, { ...ASKED, identifier: userId, receivedAt: new Date(), externalRef: "T-1" });
  assert.deepEqual([first.isNew, again.isNew, again.request === first.request], [true, false, true]);
  for (const other of [{ identifier: "somebody.else" }, { identifier: userId, type: "access" as const }])
    await assert.rejects(fileFor(filer, userId, { ...other, externalRef: "T-1" }), { code: "invalid" });
  assert.equal(await db().privacyRequest.count({ where: ofProject(filer) }), 1);
  const second = await fileFor(filer, userId);
  await attestRequest(filer, (await readRequest(filer, first.request)).seen);
  await assert.rejects(attestRequest(filer, (await readRequest(filer, second)).seen));
  assert.equal((await readRequest(filer, second)).state, "received");
  for (const bad of [
    { ...ASKED, identifier: "" },
    { ...ASKED, identifier: "x", receivedAt: "2999-01-01" },
  ])
    assert.equal(fileRequestSchema.safeParse(bad).success, false);
});

test("the clock stands still on hold where the law allows it, and is extended once, before its time is over", async () => {
  const { filer } = await makeDesk(0);
  const gdpr = await fileFor(filer, (await makeUser(filer)).userId);
  const ccpa = await fileFor(filer, (await makeUser(filer)).userId, { law: "ccpa" });
  for (const request of [gdpr, ccpa]) {
    await attestRequest(filer, (await readRequest(filer, request)).seen);
    await holdRequest(filer, { ...(await readRequest(filer, request)).seen, reason: "which of the two accounts" });
  }
  assert.ok((await readRequest(filer, gdpr)).pausedAt);
  assert.equal((await readRequest(filer, ccpa)).pausedAt, null);
  const before = (await readRequest(filer, gdpr)).answerBy;
  await new Promise((done) => setTimeout(done, 20));
  await resumeRequest(filer, (await readRequest(filer, gdpr)).seen);
  assert.ok((await readRequest(filer, gdpr)).answerBy > before);
  const extend = async () =>
    extendRequest(filer, { ...(await readRequest(filer, gdpr)).seen, reason: "many conversations to go through" });
  await extend();
  assert.ok((await readRequest(filer, gdpr)).answerBy.getTime() > before.getTime() + 50 * 86_400_000);
  await assert.rejects(extend(), { message: /already/ });
  const late = await fileFor(filer, (await makeUser(filer)).userId, { receivedAt: new Date("2026-01-05T00:00:00Z") });
  await assert.rejects(
    extendRequest(filer, { ...(await readRequest(filer, late)).seen, reason: "too late for that now" }),
    {
      message: /time is over/,
    },
  );
});

test("the database holds the same lifecycle, and only its owner could change it", async () => {
  const steps = await db().requestStep.findMany();
  const known = REQUEST_STATES.flatMap((before) => LIFECYCLE[before].map((after) => `${before} ${after}`));
  assert.deepEqual(steps.map(({ before, after }) => `${before} ${after}`).sort(), known.sort());
  await assert.rejects(db().requestStep.create({ data: { before: "received", after: "completed" } }));
  await assert.rejects(db().requestStep.deleteMany());
});

test("with raw SQL as the application's role no step is taken that the lifecycle does not know, whatever the way there", async () => {
  const { filer } = await makeDesk(1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...REQUEST_STATES), { minLength: 1, maxLength: 6 }), async (path) => {
      const request = await fileFor(filer, (await makeUser(filer)).userId);
      let state: RequestState = "received";
      let version = 1;
      for (const next of path) {
        const followers: readonly RequestState[] = LIFECYCLE[state];
        const closes = LIFECYCLE[next].length === 0;
        const taken = await db()
          .$executeRaw`UPDATE privacy_requests SET state = ${next}::request_state, version = ${version + 1}, verified_at = coalesce(verified_at, now()),
            verification = coalesce(verification, 'attested'), plan_hash = coalesce(plan_hash, 'x'), execute_after = coalesce(execute_after, now()),
            closed_at = CASE WHEN ${closes} THEN now() END WHERE uuid = ${request}::uuid`.catch(() => 0);
        if (taken === 0) continue;
        assert.ok(next === state || followers.includes(next), `${state} → ${next}`);
        assert.ok(!["scheduled", "executing", "completed"].includes(next), `${next} without an approval or a receipt`);
        state = next;
        version += 1;
      }
    }),
    { numRuns: 60 },
  );
});

test("with raw SQL nobody is approved by who filed it, by somebody without the right, or twice; and nothing is removed", async () => {
  const { filer, other, admin } = await makeDesk(1);
  const { actor: support } = await makeOperator("support", admin);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  await submitPlan(filer, request);
  const { planHash } = await readRequest(filer, request);
  const insert = (operatorUuid: string | null, hash = planHash ?? "") =>
    db().requestApproval.create({
      data: {
        ...ofProject(filer),
        ...{ uuid: crypto.randomUUID(), requestUuid: request, step: "plan", planHash: hash, approved: true },
        operatorUuid: operatorUuid ?? "",
      },
    });
  for (const who of [filer.uuid, support.uuid, crypto.randomUUID()]) await assert.rejects(insert(who));
  await assert.rejects(insert(other.uuid, "another plan"));
  await insert(other.uuid);
  await assert.rejects(insert(other.uuid));
  await assert.rejects(db().requestApproval.updateMany({ data: { approved: false } }));
  await assert.rejects(db().requestApproval.deleteMany());
  await assert.rejects(db().privacyRequest.deleteMany({ where: ofProject(filer) }));
  await assert.rejects(db().$executeRaw`TRUNCATE privacy_requests CASCADE`);
  const { version } = await readRequest(filer, request);
  for (const change of [{ receivedAt: new Date(0) }, { answerBy: new Date("2999-01-01") }, { law: "other" as const }])
    await assert.rejects(
      db().privacyRequest.update({ where: byUuid(filer, request), data: { ...change, version: version + 1 } }),
      JSON.stringify(change),
    );
});

test("a process that died in the midst of it is followed by one that does it, once", async () => {
  const { filer } = await makeDesk(0);
  const erica = await makeUser(filer);
  const request = await fileFor(filer, erica.userId);
  await submitPlan(filer, request);
  const { version } = await readRequest(filer, request);
  await db()
    .$executeRaw`UPDATE privacy_requests SET state = 'executing', version = ${version + 1} WHERE uuid = ${request}::uuid`;
  await Promise.all([performDueRequests(), performDueRequests()]);
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "completed");
  assert.equal(await db().receipt.count({ where: ofProject(filer) }), 1);
});

test("a step that somebody else has taken meanwhile is told, and one that there is not as well", async () => {
  const { filer } = await makeDesk(0);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  const { seen } = await readRequest(filer, request);
  await attestRequest(filer, seen);
  await assert.rejects(attestRequest(filer, seen), { code: "conflict", message: /since you looked/ });
  await reviewRequest(filer, (await readRequest(filer, request)).seen);
  const reason = "there is nothing to be cancelled";
  await assert.rejects(cancelRequest(filer, { ...(await readRequest(filer, request)).seen, reason }), {
    code: "conflict",
  });
});

test("where others approve, one person alone makes the policy no looser, with raw SQL neither", async () => {
  const { admin, other } = await makeDesk(1, 24);
  const loose = { ...UTC, approvalsRequired: 0, graceHours: 24 };
  assert.deepEqual(await changePolicy(admin, loose), { isWaiting: true });
  const read = () => db().privacyPolicy.findUniqueOrThrow({ where: ofProject(admin) });
  assert.equal((await read()).approvalsRequired, 1);
  await assert.rejects(agreeToPolicy(admin), { message: /second person/ });
  await assert.rejects(db().privacyPolicy.update({ where: ofProject(admin), data: { approvalsRequired: 0 } }));
  await assert.rejects(
    db().privacyPolicy.update({ where: ofProject(admin), data: { approvalsRequired: 0, agreedBy: admin.uuid } }),
  );
  await assert.rejects(db().privacyPolicy.deleteMany({ where: ofProject(admin) }));
  assert.deepEqual(await changePolicy(admin, { ...loose, approvalsRequired: 2 }), { isWaiting: false });
  assert.equal((await read()).askedBy, null, "a stricter one takes back what was asked for");
  await changePolicy(admin, loose);
  await agreeToPolicy(other);
  assert.equal((await read()).approvalsRequired, 0);
});

test("an approval by somebody who has left counts no more: what was scheduled goes back to review", async () => {
  const { filer, other } = await makeDesk(1);
  const person = await makeUser(filer);
  const request = await fileFor(filer, person.userId);
  await submitPlan(filer, request);
  await approvePlan(other, request);
  await db().membership.updateMany({ where: { operatorUuid: other.uuid ?? "" }, data: { disabledAt: new Date() } });
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "in_review");
  assert.equal(await db().user.count({ where: { uuid: person.uuid } }), 1);
  assert.equal(await db().restriction.count({ where: ofProject(filer) }), 0);
});

test("access, rectification and restriction need no decision on mentions; a restriction stays until it is lifted", async () => {
  const { filer, admin } = await makeDesk(0);
  const erica = await makeUser(filer, { firstName: "Erica", lastName: "Gone" });
  const session = await makeSession(filer, { userUuid: erica.uuid });
  const { sessionId } = await db().session.findFirstOrThrow({ where: { uuid: session.uuid } });
  const jane = await makeJane(filer);
  await rememberTurns(jane, ["Erica Gone lives in Ghent."]);
  for (const type of ["access", "rectification", "restriction"] as const) {
    const request = await fileFor(filer, erica.userId, { type });
    await attestRequest(filer, (await readRequest(filer, request)).seen);
    await submitRequest(filer, (await readRequest(filer, request)).seen);
    const { token } = await fulfilRequest(filer, (await readRequest(filer, request)).seen);
    assert.equal(token !== null, type === "access");
    assert.equal((await readRequest(filer, request)).state, "completed");
    await answerRequest(filer, (await readRequest(filer, request)).seen);
    assert.equal(await db().requestSubject.count({ where: { requestUuid: request } }), 0);
  }
  const say = () => addMessages(admin, sessionId, [makeMessage("I live in Ghent.")], []);
  await assert.rejects(say(), { code: "restricted" });
  await liftRestriction(filer, { user: erica.uuid });
  await say();
  await assert.rejects(liftRestriction(filer, { user: erica.uuid }), { code: "conflict" });
});

test("somebody unknown is answered with a receipt; with four eyes no operator erases by themselves", async () => {
  const { filer, admin } = await makeDesk(1);
  const request = await fileFor(filer, "nobody@example.org");
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await closeUnknown(filer, (await readRequest(filer, request)).seen);
  const closed = await readRequest(filer, request);
  assert.equal(closed.state, "closed_no_match");
  assert.equal(await db().receipt.count({ where: { uuid: closed.receiptUuid ?? "" } }), 1);
  const person = await makeUser(filer);
  const seen = { previewed: {}, plan: "x", keptOut: false };
  await assert.rejects(eraseUser(admin, { uuid: person.uuid, confirmation: person.userId, ...seen }), {
    code: "conflict",
    message: /file a request/,
  });
  const [outcome] = await eraseUsers(admin, [{ uuid: person.uuid, ...seen }]).catch((error: Error) => [error]);
  assert.match(String(outcome), /file a request/);
});

test("a code verifies once; after five wrong ones none is looked at, another makes it void, and in time it expires", async () => {
  const { filer } = await makeDesk(0);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  const make = (of = request) => handOverCode(filer, of);
  const enter = async (token: string, code: string) => {
    const holder = await Actor.ofRequestLink(token);
    assert.ok(holder);
    return confirmRequest(holder, { token, code });
  };
  const first = await make();
  assert.equal((await readRequest(filer, request)).state, "awaiting_verification");
  for (let times = 0; times < 5; times += 1) await assert.rejects(enter(first.token, "wrong"), { code: "invalid" });
  await assert.rejects(enter(first.token, first.code), { code: "invalid" });
  const second = await make();
  assert.equal(await Actor.ofRequestLink(first.token), null);
  await assert.rejects(enter(second.token, first.code), { code: "invalid" });
  await enter(second.token, second.code);
  const verified = await readRequest(filer, request);
  assert.deepEqual([verified.state, verified.verification], ["verified", "code"]);
  assert.equal(await Actor.ofRequestLink(second.token), null);
  await assert.rejects(make(), { code: "conflict" });

  const late = await fileFor(filer, (await makeUser(filer)).userId);
  const { token } = await make(late);
  await db().requestCode.updateMany({ where: { requestUuid: late }, data: { expiresAt: new Date(0) } });
  assert.equal(await Actor.ofRequestLink(token), null);
  await performAll();
  assert.equal((await readRequest(filer, late)).state, "expired");
});

test("who has handed a plan in does not approve it, whoever filed the request", async () => {
  const { filer, other, admin } = await makeDesk(1);
  const { actor: support } = await makeOperator("support", admin);
  const person = await makeUser(filer);
  const request = await fileFor(support, person.userId);
  await submitPlan(filer, request);
  await assert.rejects(approvePlan(filer, request), { message: /second person/ });
  await approvePlan(other, request);
  assert.equal((await readRequest(filer, request)).state, "scheduled");
});

test("the time to change one's mind is as long as the policy says, however late a request is", async () => {
  const { filer } = await makeDesk(0, 48);
  const request = await fileFor(filer, (await makeUser(filer)).userId, {
    receivedAt: new Date("2020-01-01T00:00:00Z"),
  });
  await submitPlan(filer, request);
  const { executeAfter } = await readRequest(filer, request);
  assert.ok((executeAfter?.getTime() ?? 0) > Date.now() + 47 * 3_600_000);
});

test("of whoever is restricted nothing is read that waits, and nothing is copied to somebody else, until that ends", async () => {
  const { filer, admin } = await makeDesk(0);
  const jane = await makeJane(filer);
  await rememberTurns(jane, ["I work at Acme."]);
  const known = await listFacts(jane);
  const session = await makeSession(filer, { userUuid: jane.uuid });
  await addTurns(session, "I live in Ghent.");
  const request = await fileFor(filer, jane.userId, { type: "restriction" });
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await submitRequest(filer, (await readRequest(filer, request)).seen);
  await fulfilRequest(filer, (await readRequest(filer, request)).seen);
  await processAll(jane);
  assert.deepEqual(await listFacts(jane), known);
  for (const backlog of ["waiting", "stale"] as const) {
    const graphs = await listGraphsWithBacklog(backlog, FIRST_GRAPH, 1_000);
    assert.ok(
      graphs.every(({ uuid }) => uuid !== jane.uuid),
      backlog,
    );
  }
  await assert.rejects(cloneGraph(admin, { userId: jane.userId }, { userId: "copy" }), { code: "restricted" });
  const application = await makeApplication(admin);
  const [fact] = known;
  assert.ok(fact);
  const tell = [
    () => recallMemory(application, session.sessionId),
    () => searchGraph(application, { userId: jane.userId }, { ...DEFAULT_SEARCH, query: "Acme" }),
    () => getUserNode(application, jane.userId),
    () => getNode(application, jane.uuid),
    () => getFactRecord(application, fact.uuid),
    () => listFactsOfSession(application, session),
    () => listSessionEpisodes(application, session),
  ];
  for (const told of tell) await assert.rejects(told(), { code: "restricted" });
  assert.equal(await db().user.count({ where: { ...ofProject(filer), userId: "copy" } }), 0);
  await liftRestriction(filer, { user: jane.uuid });
  await processAll(jane);
  assert.ok((await listFacts(jane)).some(({ fact }) => fact.includes("Ghent")));
  await cloneGraph(admin, { userId: jane.userId }, { userId: "copy" });
});

test("while somebody is scheduled nobody else takes anything of theirs away, no application either", async () => {
  const { filer, admin } = await makeDesk(1, 24);
  const person = await makeUser(filer);
  const session = await makeSession(filer, { userUuid: person.uuid });
  await addTurns(session, "I live in Ghent.");
  const { sessionId } = await db().session.findFirstOrThrow({ where: { uuid: session.uuid } });
  const { uuid: message } = await db().message.findFirstOrThrow({ where: { sessionUuid: session.uuid } });
  const request = await fileFor(filer, person.userId);
  await submitPlan(filer, request);
  await db().restriction.create({ data: { ...ofProject(filer), userUuid: person.uuid, requestUuid: request } });
  for (const erase of [
    () => eraseSessionById(admin, sessionId),
    () => eraseMessage(admin, { session: session.uuid, message }),
    () => eraseUserById(admin, person.userId),
  ])
    await assert.rejects(erase(), { code: "restricted" });
  for (const change of [
    db().user.update({ where: byUuid(filer, person.uuid), data: { metadata: { a: 1 } } }),
    db().session.updateMany({ where: { uuid: session.uuid }, data: { metadata: { a: 1 } } }),
    db().message.update({ where: byUuid(filer, message), data: { metadata: { a: 1 } } }),
  ])
    await assert.rejects(change, /LT004/);
  assert.equal(await db().message.count({ where: { userUuid: person.uuid } }), 1);
});

test("who takes a request on while it is done stops nothing; who is mentioned since the plan sends it back", async () => {
  const { filer } = await makeDesk(0);
  const person = await makeUser(filer);
  const request = await fileFor(filer, person.userId);
  await submitPlan(filer, request);
  await runAsOwner(`CREATE FUNCTION test_slow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(0.7); RETURN NEW; END $$`);
  await runAsOwner("CREATE TRIGGER slow BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION test_slow()");
  const performing = performDueRequests();
  while ((await readRequest(filer, request)).state !== "executing") await new Promise((done) => setTimeout(done, 20));
  await assignRequest(filer, (await readRequest(filer, request)).seen);
  await performing;
  await runAsOwner("DROP TRIGGER slow ON receipts");
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "completed");

  const erica = await makeUser(filer, { firstName: "Erica", lastName: "Gone" });
  const second = await fileFor(filer, erica.userId);
  await submitPlan(filer, second);
  await rememberTurns(await makeJane(filer), ["Erica Gone has moved to Lyon."]);
  await performAll();
  const back = await readRequest(filer, second);
  assert.equal(back.state, "in_review");
  assert.match(back.stateReason ?? "", /since the plan/);
});

test("with raw SQL no plan, deadline, decision or policy is changed past its guard", async () => {
  const { filer, other, admin } = await makeDesk(1);
  const erica = await makeUser(filer, { firstName: "Erica", lastName: "Gone" });
  await rememberTurns(await makeJane(filer), ["Erica Gone lives in Ghent."]);
  const request = await fileFor(filer, erica.userId);
  await submitPlan(filer, request);
  const change = async (data: object) =>
    db().privacyRequest.update({
      where: byUuid(filer, request),
      data: { ...data, version: (await readRequest(filer, request)).version + 1 },
    });
  const { planHash } = await readRequest(filer, request);
  for (const data of [
    { extendedAt: new Date(), answerBy: new Date(0) },
    { closedAt: new Date() },
    { state: "in_review" as const, planHash },
    { planHash: "another" },
    { submittedBy: null, planHash: "another" },
  ])
    await assert.rejects(change(data), JSON.stringify(data));
  await assert.rejects(db().requestMention.updateMany({ where: ofProject(filer), data: { decision: "delete" } }));
  await approvePlan(other, request);
  await assert.rejects(change({ executeAfter: new Date() }));
  const policy = { where: ofProject(admin) };
  const { actor: elsewhere } = await makeOperator("admin");
  await assert.rejects(db().privacyPolicy.update({ ...policy, data: { projectUuid: elsewhere.projectUuid } }));
  await assert.rejects(
    db().privacyPolicy.update({ ...policy, data: { askedBy: crypto.randomUUID(), askedApprovals: 0, askedGrace: 0 } }),
  );
});

test("what anybody wrote of a request goes when the person has been told, and a second one is told apart", async () => {
  const { filer } = await makeDesk(0);
  const person = await makeUser(filer);
  const request = await fileFor(filer, person.userId, { externalRef: "mail of erica@example.org" });
  const second = await fileFor(filer, person.userId);
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await assert.rejects(attestRequest(filer, (await readRequest(filer, second)).seen), { message: /Another request/ });
  const reason = "Erica has called and taken it back";
  await withdrawRequest(filer, { ...(await readRequest(filer, request)).seen, reason });
  await assert.rejects(assignRequest(filer, (await readRequest(filer, request)).seen), { message: /is over/ });
  await answerRequest(filer, (await readRequest(filer, request)).seen);
  const { externalRef, stateReason } = await readRequest(filer, request);
  assert.equal(stateReason, null);
  assert.doesNotMatch(externalRef ?? "", /erica|mail/);
  await assert.rejects(answerRequest(filer, (await readRequest(filer, request)).seen), { code: "conflict" });
});

test("somebody who is added after their request was filed is found; a dozen who file the same at once file it once", async () => {
  const { filer } = await makeDesk(0);
  const request = await fileFor(filer, "late@example.org");
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await makeUser(filer, { email: "late@example.org" });
  await assert.rejects(closeUnknown(filer, (await readRequest(filer, request)).seen), { code: "conflict" });
  await reviewRequest(filer, (await readRequest(filer, request)).seen);
  await submitRequest(filer, (await readRequest(filer, request)).seen);
  await performAll();
  assert.equal((await readRequest(filer, request)).state, "completed");
  const filed = await Promise.all(
    Array.from({ length: 12 }, () => fileFor(filer, "twin@example.org", { externalRef: "T-9" })),
  );
  assert.equal(new Set(filed).size, 1);
});

test("an extension after a pause is not shorter than without it", async () => {
  const { filer } = await makeDesk(0);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  await attestRequest(filer, (await readRequest(filer, request)).seen);
  await holdRequest(filer, { ...(await readRequest(filer, request)).seen, reason: "which of the two accounts" });
  const { version } = await readRequest(filer, request);
  await runAsOwner("UPDATE privacy_requests SET paused_at = now() - interval '100 days' WHERE uuid = $1", [request], {
    asReplica: true,
  });
  await reviewRequest(filer, { request, version });
  const paused = await readRequest(filer, request);
  assert.equal(paused.pausedAt, null);
  await extendRequest(filer, { ...paused.seen, reason: "many conversations to go through" });
  const extended = await readRequest(filer, request);
  assert.ok(extended.answerBy.getTime() > paused.answerBy.getTime() + 50 * 86_400_000);
});

test("a request stays in the queue until the person has been told how it ended", async () => {
  const { filer } = await makeDesk(0);
  const request = await fileFor(filer, (await makeUser(filer)).userId);
  const countQueued = async () => countRequests(filer, { ...ANY, state: "open" });
  const countNobodys = async () => countRequests(filer, { ...ANY, whose: "nobodys" });
  assert.equal(await countNobodys(), 1);
  await assignRequest(filer, (await readRequest(filer, request)).seen);
  assert.equal(await countNobodys(), 0);
  await refuseRequest(filer, { ...(await readRequest(filer, request)).seen, ground: "unfounded" });
  assert.equal(await countQueued(), 1);
  await answerRequest(filer, (await readRequest(filer, request)).seen);
  assert.equal(await countQueued(), 0);
});

test("a refusal names the law that the request rests on, and no ground that is none for its type", async () => {
  const { filer } = await makeDesk(0);
  const access = await fileFor(filer, (await makeUser(filer)).userId, { type: "access", law: "ccpa" });
  const refuse = async (ground: RefusalGround) =>
    refuseRequest(filer, { ...(await readRequest(filer, access)).seen, ground });
  await assert.rejects(refuse("legal_claims"), { code: "invalid" });
  await refuse("unfounded");
  const { letter, refusalGround } = await getRequest(filer, { request: access });
  assert.equal(refusalGround, "unfounded");
  assert.match(letter.text, /Civil Code § 1798\.145.*California Privacy Protection Agency/);
  assert.doesNotMatch(letter.text, /GDPR|supervisory/);
});
