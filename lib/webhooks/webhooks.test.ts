import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { type ReceivedEvent, startWebhookReceiver } from "#e2e/webhook-receiver.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { Deliverer, deliverEvents, dropOldDeliveries } from "#lib/webhooks/deliver.ts";
import {
  changeWebhookSecret,
  createWebhook,
  deleteWebhook,
  sendAgain,
  sendFailedAgain,
  setWebhookDisabled,
  tryWebhook,
} from "#lib/webhooks/mutations.ts";
import { isNeverCalled, postJson } from "#lib/webhooks/post.ts";
import { getWebhook, listDeliveries, listWebhooks } from "#lib/webhooks/queries.ts";
import { createWebhookSchema } from "#lib/webhooks/schema.ts";
import { RETRY_DELAYS, WEBHOOK_EVENT_NAMES } from "#lib/webhooks/terms.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { fileFor, readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

async function makeAdmin(): Promise<Actor> {
  return (await makeOperator("admin")).actor;
}

/** The signature that a secret gives, written down from the specification. */
function signWith(secret: string, { headers, body }: ReceivedEvent): string {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

function hashWith(secret: string, userId: string): string {
  return createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(userId)
    .digest("hex");
}

/** Lets the time pass until the next attempt. */
async function makeDue(actor: Actor): Promise<void> {
  await db().webhookDelivery.updateMany({
    where: { ...ofProject(actor), nextAt: { not: null } },
    data: { nextAt: new Date(Date.now() - 1_000) },
  });
}

test("receivers learn of a request and of an erasure by a hash that each can match alone, signed as the specification says", async () => {
  const admin = await makeAdmin();
  await using one = await startWebhookReceiver();
  await using other = await startWebhookReceiver();
  const { secret } = await createWebhook(admin, { url: one.url, events: [...WEBHOOK_EVENT_NAMES] });
  const second = await createWebhook(admin, { url: other.url, events: ["subject.erased"] });
  const ada = await makeUser(admin, { email: "ada@example.org" });
  const request = await fileFor(admin, "ada@example.org");
  await deliverEvents();
  assert.equal(other.received.length, 0);
  const [filed] = one.received;
  assert.ok(filed);
  const { number } = await readRequest(admin, request);
  const { type, data } = JSON.parse(filed.body);
  assert.deepEqual(
    [type, data],
    ["request.received", { request: Number(number), subjects: [hashWith(secret, ada.userId)] }],
  );

  const { userId } = await makeUser(admin, { userId: "berta" });
  await eraseUserById(admin, userId);
  await deliverEvents();
  const [, erased] = one.received;
  const [told] = other.received;
  assert.ok(erased && told);
  assert.deepEqual(JSON.parse(erased.body).data, { request: null, subjects: [hashWith(secret, "berta")] });
  assert.deepEqual(JSON.parse(told.body).data, { request: null, subjects: [hashWith(second.secret, "berta")] });
  for (const event of [filed, erased]) assert.equal(event.headers["webhook-signature"], signWith(secret, event));
  assert.notEqual(signWith(second.secret, erased), erased.headers["webhook-signature"]);
  assert.match(String(erased.headers["content-type"]), /^application\/json/);
  for (const { body } of [filed, erased, told]) assert.doesNotMatch(body, /ada|berta/);
});

test("what is refused happens to nobody, and is told to nobody", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  await createWebhook(admin, { url: receiver.url, events: [...WEBHOOK_EVENT_NAMES] });
  await assert.rejects(eraseUserById(admin, "nobody of that name"));
  const two = { email: "shared@example.org" };
  await makeUser(admin, two);
  await makeUser(admin, two);
  await assert.rejects(fileFor(admin, "shared@example.org"));
  assert.equal(await db().webhookDelivery.count({ where: ofProject(admin) }), 0);
});

test("what does not arrive is sent again under the same id, nine times, and then given up until somebody asks", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  receiver.answerWith(500);
  const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  await tryWebhook(admin, { webhook });
  for (const [index, delay] of [...RETRY_DELAYS, null].entries()) {
    const before = Date.now();
    await deliverEvents();
    assert.equal(receiver.received.length, index + 1);
    const [row] = await listDeliveries(admin, webhook);
    assert.equal(row?.status, 500);
    if (delay === null) assert.deepEqual([row.state, row.nextAt], ["failed", null]);
    else assert.ok(row.nextAt && row.nextAt.getTime() >= before + delay * 1_000);
    assert.equal(await deliverEvents(), 0);
    await makeDue(admin);
  }
  assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 1);
  assert.equal((await listWebhooks(admin))[0]?.failed, 1);
  receiver.answerWith(200);
  assert.deepEqual(await sendFailedAgain(admin, { webhook }), { deliveries: 1 });
  await deliverEvents();
  const [row] = await listDeliveries(admin, webhook);
  assert.deepEqual([row?.state, row?.attempts], ["arrived", RETRY_DELAYS.length + 2]);
  await sendAgain(admin, { webhook, delivery: row?.uuid ?? "" });
  await deliverEvents();
  assert.equal(receiver.received.length, RETRY_DELAYS.length + 3);
});

test("a receiver that asks for a pause gets one, and one that is gone is left alone", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  receiver.answerWith(503, { "retry-after": "600" });
  await tryWebhook(admin, { webhook });
  const before = Date.now();
  await deliverEvents();
  const [row] = await listDeliveries(admin, webhook);
  assert.ok(row?.nextAt && row.nextAt.getTime() >= before + 600_000);
  receiver.answerWith(410);
  await makeDue(admin);
  await deliverEvents();
  const { disabledAt, disabledReason } = await getWebhook(admin, webhook);
  assert.ok(disabledAt);
  assert.match(disabledReason ?? "", /410/);
  await assert.rejects(tryWebhook(admin, { webhook }), { code: "conflict" });
});

test("while a webhook is disabled nothing is sent; what waited is sent once it is enabled", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  await tryWebhook(admin, { webhook });
  await setWebhookDisabled(admin, { webhook, disabled: true });
  const { userId } = await makeUser(admin);
  await eraseUserById(admin, userId);
  assert.equal(await deliverEvents(), 0);
  await setWebhookDisabled(admin, { webhook, disabled: false });
  await deliverEvents();
  assert.deepEqual(
    receiver.received.map(({ body }) => JSON.parse(body).type),
    ["webhook.tried"],
  );
});

test("after a change of the secret both sign for a day, then the new one alone", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook, secret: former } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  const { secret } = await changeWebhookSecret(admin, { webhook });
  await tryWebhook(admin, { webhook });
  await deliverEvents();
  const [both] = receiver.received;
  assert.ok(both);
  assert.equal(both.headers["webhook-signature"], `${signWith(secret, both)} ${signWith(former, both)}`);
  await db().webhook.updateMany({ where: ofProject(admin), data: { formerUntil: new Date() } });
  await tryWebhook(admin, { webhook });
  await deliverEvents();
  const [, alone] = receiver.received;
  assert.ok(alone);
  assert.equal(alone.headers["webhook-signature"], signWith(secret, alone));
});

test("two processes send an event once, and one that died is followed by another", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  for (let count = 0; count < 12; count += 1) await tryWebhook(admin, { webhook });
  await Promise.all([deliverEvents(), deliverEvents(), deliverEvents(), deliverEvents()]);
  assert.equal(receiver.received.length, 12);
  assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 12);
  // As one leaves it that was killed after it had taken it on.
  const [row] = await listDeliveries(admin, webhook);
  const lease = { tries: 1, nextAt: new Date(Date.now() + 30_000), arrivedAt: null };
  await db().webhookDelivery.updateMany({ where: { ...ofProject(admin), uuid: row?.uuid ?? "" }, data: lease });
  assert.equal(await deliverEvents(), 0);
  await makeDue(admin);
  assert.equal(await deliverEvents(), 1);
});

test("the machine's own network services are never called, and a receiver that is not there is named", async () => {
  for (const url of ["http://169.254.169.254/latest", "http://[fe80::1]/", "http://0.0.0.0/", "http://2852039166/"])
    await assert.rejects(postJson(url, {}, "{}"), /is not called/);
  for (const address of [
    "::ffff:169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "64:ff9b::a9fe:a9fe",
  ])
    assert.ok(isNeverCalled(address), address);
  for (const address of ["127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "93.184.216.34"])
    assert.ok(!isNeverCalled(address), address);
  await assert.rejects(postJson("http://127.0.0.1:9/", {}, "{}"), /Nothing listens there/);
});

test("a receiver that changes the protocol, or hangs up, has answered", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes) => {
      if (bytes.toString().startsWith("POST /upgrade"))
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      else socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(typeof address === "object" && address);
  const url = `http://127.0.0.1:${address.port}`;
  assert.deepEqual(await postJson(`${url}/upgrade`, {}, "{}"), { status: 101, retryAfter: null });
  await assert.rejects(postJson(`${url}/hang-up`, {}, "{}"), /broken off/);
  server.close();
});

test("a receiver that does not answer keeps no other waiting", async () => {
  const admin = await makeAdmin();
  await using slow = await startWebhookReceiver();
  await using quick = await startWebhookReceiver();
  slow.hold();
  for (const receiver of [slow, quick]) {
    const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
    for (let count = 0; count < 12; count += 1) await tryWebhook(admin, { webhook });
  }
  const deliverer = new Deliverer();
  await deliverer.begin();
  while (quick.received.length < 12) await once(quick.arrivals, "event");
  assert.equal(slow.received.length, 5);
  assert.equal(await deliverer.begin(), 0, "the slow one is being waited for, the quick one has all");
  slow.release();
  await deliverer.settle();
  assert.equal(slow.received.length, 12);
});

test("while somebody waits for an answer of hours, and while somebody asks for it again, the log says what is so", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  for (const asked of ["99999999999999", "999999999", "Fri, 31 Dec 2999 23:59:59 GMT"]) {
    receiver.answerWith(503, { "retry-after": asked });
    await tryWebhook(admin, { webhook });
    await deliverEvents();
    const [row] = await listDeliveries(admin, webhook);
    assert.ok(row?.nextAt && row.nextAt.getTime() <= Date.now() + 86_400_000, asked);
    assert.equal(row.attempts, 1);
  }
  receiver.hold();
  await tryWebhook(admin, { webhook });
  const deliverer = new Deliverer();
  await deliverer.begin();
  await once(receiver.arrivals, "event");
  const [last] = await listDeliveries(admin, webhook);
  await db().webhookDelivery.updateMany({
    where: { ...ofProject(admin), uuid: last?.uuid ?? "" },
    data: { tries: 10 },
  });
  await sendAgain(admin, { webhook, delivery: last?.uuid ?? "" });
  receiver.answerWith(500);
  receiver.release();
  await deliverer.stop();
  assert.equal((await listDeliveries(admin, webhook))[0]?.state, "waiting");
});

test("nobody is kept from their right by a webhook that is being deleted, or whose secret cannot be read", async () => {
  const admin = await makeAdmin();
  const settings = { url: "http://127.0.0.1:9/", events: ["subject.erased" as const] };
  const { webhook } = await createWebhook(admin, settings);
  const { userId } = await makeUser(admin);
  const deleting = db().$transaction(async (tx) => {
    await tx.webhook.delete({ where: { projectUuid_uuid: { ...ofProject(admin), uuid: webhook } } });
    await new Promise((done) => setTimeout(done, 300));
  });
  await Promise.all([deleting, eraseUserById(admin, userId)]);
  const unreadable = await createWebhook(admin, settings);
  await db().webhook.updateMany({ where: ofProject(admin), data: { secret: Buffer.alloc(80).toString("base64") } });
  await eraseUserById(admin, (await makeUser(admin)).userId);
  const { disabledAt, disabledReason } = await getWebhook(admin, unreadable.webhook);
  assert.ok(disabledAt);
  assert.match(disabledReason ?? "", /cannot be read/);
});

test("for a day after a change of the secret a person is found by either, and of two changes at once both secrets are good", async () => {
  const admin = await makeAdmin();
  await using receiver = await startWebhookReceiver();
  const { webhook, secret: first } = await createWebhook(admin, { url: receiver.url, events: ["subject.erased"] });
  const { secret } = await changeWebhookSecret(admin, { webhook });
  const { userId } = await makeUser(admin);
  await eraseUserById(admin, userId);
  await deliverEvents();
  assert.deepEqual(JSON.parse(receiver.received[0]?.body ?? "").data.subjects, [
    hashWith(secret, userId),
    hashWith(first, userId),
  ]);
  const changed = await Promise.all([changeWebhookSecret(admin, { webhook }), changeWebhookSecret(admin, { webhook })]);
  await tryWebhook(admin, { webhook });
  await deliverEvents();
  const [, both] = receiver.received;
  assert.ok(both);
  for (const { secret: shown } of changed)
    assert.ok(String(both.headers["webhook-signature"]).split(" ").includes(signWith(shown, both)));
});

test("an address that is none, or holds a password, is told at its field", () => {
  for (const url of [
    "",
    "app.example.org",
    "ftp://example.org",
    "javascript:alert(1)",
    "https://me:secret@example.org/",
    "https://:secret@example.org/",
  ]) {
    const parsed = createWebhookSchema.safeParse({ url, events: ["subject.erased"] });
    assert.deepEqual(
      parsed.error?.issues.map(({ path }) => path[0]),
      ["url"],
      url,
    );
  }
});

test("webhooks are an admin's and of one project; with one goes what was sent to it, and after 30 days what was sent", async () => {
  const admin = await makeAdmin();
  const stranger = await makeAdmin();
  const { actor: privacy } = await makeOperator("privacy", admin);
  const { webhook } = await createWebhook(admin, { url: "http://127.0.0.1:9/", events: ["subject.erased"] });
  await assert.rejects(createWebhook(privacy, { url: "http://127.0.0.1:9/", events: ["subject.erased"] }), {
    code: "forbidden",
  });
  await assert.rejects(getWebhook(stranger, webhook), { code: "not_found" });
  await assert.rejects(tryWebhook(stranger, { webhook }), { code: "not_found" });
  await tryWebhook(admin, { webhook });
  const old = { createdAt: new Date(Date.now() - 31 * 86_400_000) };
  await db().webhookDelivery.updateMany({ where: ofProject(admin), data: old });
  assert.equal(await dropOldDeliveries(), 1);
  await tryWebhook(admin, { webhook });
  await deleteWebhook(admin, { webhook });
  assert.equal(await db().webhookDelivery.count({ where: ofProject(admin) }), 0);
});
