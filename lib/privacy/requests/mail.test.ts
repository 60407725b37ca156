import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readMailText, startMailServer } from "#e2e/mail-server.ts";
import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { setEnv } from "#lib/env.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { answerRequest, closeUnknown, sendLetter } from "#lib/privacy/requests/fulfil.ts";
import { getRequest } from "#lib/privacy/requests/queries.ts";
import { attestRequest } from "#lib/privacy/requests/review.ts";
import { sendLetterSchema } from "#lib/privacy/requests/schema.ts";
import { LINK_PLACE } from "#lib/privacy/requests/terms.ts";
import { confirmRequest, makeVerificationCode } from "#lib/privacy/requests/verify.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { fileFor, readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const mail = await startMailServer();
after(() => mail[Symbol.asyncDispose]());
setEnv({ LETHE_SMTP_URL: mail.url, LETHE_MAIL_FROM: "privacy@lethe.example" });

async function makePrivacyOperator(): Promise<Actor> {
  return (await makeOperator("privacy")).actor;
}

async function readSeen(actor: Actor, request: string) {
  return (await readRequest(actor, request)).seen;
}

function listEvents(actor: Actor) {
  return db().auditEvent.findMany({ where: ofProject(actor), select: { action: true, data: true } });
}

test("a code is sent to the address in the record, never to one that came with the request, and verifies", async () => {
  const actor = await makePrivacyOperator();
  const { userId } = await makeUser(actor, { email: "ada@example.org" });
  const request = await fileFor(actor, userId, { contact: "somebody.else@example.com" });
  assert.deepEqual((await getRequest(actor, { request })).mail, {
    from: "privacy@lethe.example",
    letters: "somebody.else@example.com",
    codes: "ada@example.org",
  });
  const mailTo = "ada@example.org";
  const sent = await makeVerificationCode(actor, { ...(await readSeen(actor, request)), mailTo });
  assert.deepEqual(sent, { handedOver: null });
  const [received] = mail.received.splice(0);
  assert.ok(received);
  assert.deepEqual(received.to, ["ada@example.org"]);
  const [, token = ""] = /\/your-request#([\w-]{43})/.exec(readMailText(received)) ?? [];
  const [, code = ""] = /Code: (\d{8})/.exec(readMailText(received)) ?? [];
  const holder = await Actor.ofRequestLink(token);
  assert.ok(holder);
  await confirmRequest(holder, { token, code });
  assert.equal((await readRequest(actor, request)).state, "verified");
  assert.ok((await listEvents(actor)).some(({ action }) => action === "request.code_sent"));

  const unreachable = await fileFor(actor, (await makeUser(actor)).userId, { contact: "somebody.else@example.com" });
  const elsewhere = { ...(await readSeen(actor, unreachable)), mailTo: "somebody.else@example.com" };
  await assert.rejects(makeVerificationCode(actor, elsewhere), { code: "conflict" });
  assert.equal((await readRequest(actor, unreachable)).state, "received");
});

test("who is added after the request was filed gets the code at the address in their record, not where the request wants to be answered", async () => {
  const actor = await makePrivacyOperator();
  const contact = "attacker@evil.example";
  const request = await fileFor(actor, "late-user", { contact });
  assert.equal((await getRequest(actor, { request })).mail?.codes, null);
  await makeUser(actor, { userId: "late-user", email: "late@example.org" });
  await assert.rejects(makeVerificationCode(actor, { ...(await readSeen(actor, request)), mailTo: contact }), {
    code: "conflict",
  });
  assert.equal(mail.received.length, 0);
  await makeVerificationCode(actor, { ...(await readSeen(actor, request)), mailTo: "late@example.org" });
  assert.deepEqual(mail.received.splice(0)[0]?.to, ["late@example.org"]);
});

test("when the server does not take a mail, nothing has happened: the code before is good, the receipt still theirs to have", async () => {
  const actor = await makePrivacyOperator();
  const { userId } = await makeUser(actor, { email: "berta@example.org" });
  const request = await fileFor(actor, userId);
  const { handedOver } = await makeVerificationCode(actor, { ...(await readSeen(actor, request)), mailTo: null });
  assert.ok(handedOver);
  mail.refuse(true);
  const again = { ...(await readSeen(actor, request)), mailTo: "berta@example.org" };
  await assert.rejects(makeVerificationCode(actor, again), { code: "unavailable" });
  mail.refuse(false);
  const holder = await Actor.ofRequestLink(handedOver.token);
  assert.ok(holder);
  await confirmRequest(holder, handedOver);
  setEnv({ LETHE_SMTP_URL: "smtp://127.0.0.1:9" });
  const letter = { to: "berta@example.org", sentBefore: 0, text: "Hello" };
  await assert.rejects(sendLetter(actor, { ...(await readSeen(actor, request)), ...letter }), /cannot be reached/);
  setEnv({ LETHE_SMTP_URL: mail.url });
  assert.equal(mail.received.length, 0);
  assert.ok(!(await listEvents(actor)).some(({ action }) => action === "request.letter_sent"));
});

test("a letter goes out as it was read over, with their own copy of the receipt; what it says is kept nowhere", async () => {
  const actor = await makePrivacyOperator();
  const request = await fileFor(actor, "nobody@example.org");
  await attestRequest(actor, await readSeen(actor, request));
  await closeUnknown(actor, await readSeen(actor, request));
  while ((await provePendingReceipts({ atOnce: true })) > 0);
  const seen = await readSeen(actor, request);
  const text = "Guten Tag,\n\nwir kennen Sie nicht. Grüße";
  const letter = { to: "nobody@example.org", sentBefore: 0, text };
  await assert.rejects(sendLetter(actor, { ...seen, ...letter, to: "another@example.org" }), { code: "conflict" });
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => sendLetter(actor, { ...seen, ...letter })));
  const sent = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  assert.equal(sent.length, 1);
  const files = sent[0]?.files ?? 0;
  assert.ok(files > 0);
  const [received, ...more] = mail.received.splice(0);
  assert.ok(received);
  assert.deepEqual([received.to, more], [["nobody@example.org"], []]);
  assert.match(readMailText(received), /wir kennen Sie nicht\. Grüße/);
  assert.match(received.source, /filename=receipt\.jws/);
  assert.match(received.source, /filename=nonce\.txt/);
  assert.deepEqual(await sendLetter(actor, { ...seen, ...letter, sentBefore: 1 }), { files: 0 });
  assert.doesNotMatch((await getRequest(actor, { request })).letter.text, /enclosed/);
  assert.doesNotMatch(JSON.stringify(await listEvents(actor)), /kennen|nobody@/);
  await answerRequest(actor, await readSeen(actor, request));
  await assert.rejects(sendLetter(actor, { ...(await readSeen(actor, request)), ...letter, sentBefore: 2 }), {
    code: "conflict",
  });
});

test("a letter whose link nobody has put in is not sent", () => {
  const parsed = sendLetterSchema.safeParse({
    request: "0198f3c0-0000-7000-8000-000000000000",
    version: 1,
    to: "ada@example.org",
    sentBefore: 0,
    text: `Your copy: ${LINK_PLACE}`,
  });
  assert.match(parsed.error?.issues[0]?.message ?? "", /Put the link/);
});
