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

async function see(actor: Actor, request: string) {
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
  const sent = await makeVerificationCode(actor, { ...(await see(actor, request)), byMail: true });
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
  await assert.rejects(makeVerificationCode(actor, { ...(await see(actor, unreachable)), byMail: true }), {
    code: "conflict",
  });
  assert.equal((await readRequest(actor, unreachable)).state, "received");
});

test("when the server does not take a mail, nothing has happened: the code before is good, the receipt still theirs to have", async () => {
  const actor = await makePrivacyOperator();
  const { userId } = await makeUser(actor, { email: "berta@example.org" });
  const request = await fileFor(actor, userId);
  const { handedOver } = await makeVerificationCode(actor, { ...(await see(actor, request)), byMail: false });
  assert.ok(handedOver);
  mail.refuse(true);
  await assert.rejects(makeVerificationCode(actor, { ...(await see(actor, request)), byMail: true }), {
    code: "unavailable",
  });
  mail.refuse(false);
  const holder = await Actor.ofRequestLink(handedOver.token);
  assert.ok(holder);
  await confirmRequest(holder, handedOver);
  setEnv({ LETHE_SMTP_URL: "smtp://127.0.0.1:9" });
  await assert.rejects(sendLetter(actor, { ...(await see(actor, request)), text: "Hello" }), /cannot be reached/);
  setEnv({ LETHE_SMTP_URL: mail.url });
  assert.equal(mail.received.length, 0);
  assert.ok(!(await listEvents(actor)).some(({ action }) => action === "request.letter_sent"));
});

test("a letter goes out as it was read over, with their own copy of the receipt; what it says is kept nowhere", async () => {
  const actor = await makePrivacyOperator();
  const request = await fileFor(actor, "nobody@example.org");
  await attestRequest(actor, await see(actor, request));
  await closeUnknown(actor, await see(actor, request));
  while ((await provePendingReceipts({ atOnce: true })) > 0);
  const seen = await see(actor, request);
  const text = "Guten Tag,\n\nwir kennen Sie nicht. Grüße";
  const { files } = await sendLetter(actor, { ...seen, text });
  assert.ok(files > 0);
  const [received] = mail.received.splice(0);
  assert.ok(received);
  assert.deepEqual(received.to, ["nobody@example.org"]);
  assert.match(readMailText(received), /wir kennen Sie nicht\. Grüße/);
  assert.match(received.source, /filename=receipt\.jws/);
  assert.match(received.source, /filename=nonce\.txt/);
  assert.deepEqual(await sendLetter(actor, { ...seen, text }), { files: 0 });
  assert.doesNotMatch(JSON.stringify(await listEvents(actor)), /kennen|nobody@/);
  await answerRequest(actor, await see(actor, request));
  await assert.rejects(sendLetter(actor, { ...(await see(actor, request)), text }), { code: "conflict" });
});

test("a letter whose link nobody has put in is not sent", () => {
  const parsed = sendLetterSchema.safeParse({
    request: "0198f3c0-0000-7000-8000-000000000000",
    version: 1,
    text: `Your copy: ${LINK_PLACE}`,
  });
  assert.match(parsed.error?.issues[0]?.message ?? "", /Put the link/);
});
