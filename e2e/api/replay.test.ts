import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { ZepClient } from "zep-v2";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { flushRequests } from "#lib/request-log/log.ts";

const base = await openTestApi();
const { key, projectUuid } = await makeKey();
const zep = new ZepClient({ apiKey: key, environment: base });

test("twenty clients adding to one session and to their own keep order, and nothing is lost or doubled", async () => {
  await zep.user.add({ userId: "crowd" });
  await zep.memory.addSession({ sessionId: "shared", userId: "crowd" });
  await Promise.all(
    Array.from({ length: 20 }, async (_, writer) => {
      const client = new ZepClient({ apiKey: key, environment: base });
      const own = `own-${writer}`;
      await client.memory.addSession({ sessionId: own, userId: "crowd" });
      for (let turn = 0; turn < 5; turn += 1) {
        const batch = [0, 1].map((half) => ({ roleType: "user" as const, content: `${writer}:${turn}:${half}` }));
        await client.memory.add("shared", { messages: batch });
        await client.memory.add(own, { messages: batch });
      }
    }),
  );
  const shared = (await zep.memory.getSessionMessages("shared", { limit: 1_000 })).messages ?? [];
  assert.equal(shared.length, 200);
  assert.equal(new Set(shared.map(({ content }) => content)).size, 200);
  for (let writer = 0; writer < 20; writer += 1) {
    const expected = [0, 1, 2, 3, 4].flatMap((turn) => [`${writer}:${turn}:0`, `${writer}:${turn}:1`]);
    const inShared = shared.map(({ content }) => content).filter((content) => content.startsWith(`${writer}:`));
    assert.deepEqual(inShared, expected);
    const { messages = [] } = await zep.memory.getSessionMessages(`own-${writer}`);
    assert.deepEqual(
      messages.map(({ content }) => content),
      expected,
    );
  }
  for (let index = 0; index < shared.length; index += 2)
    assert.equal(shared[index]?.content.replace(/0$/, "1"), shared[index + 1]?.content, "a batch stays together");
});

test("a batch with uuids is stored once however often it comes", async () => {
  await zep.user.add({ userId: "again" });
  await zep.memory.addSession({ sessionId: "again", userId: "again" });
  const uuid = "0198f3c0-0000-7000-8000-00000000bbbb";
  const messages = [{ uuid, roleType: "user" as const, content: "once" }];
  await Promise.all([1, 2, 3].map(() => zep.memory.add("again", { messages })));
  assert.equal((await zep.memory.getSessionMessages("again")).totalCount, 1);
});

test("what was made before its answer was lost is found by the repeat, and a second wish is a second message", async () => {
  await zep.user.add({ userId: "torn" });
  await zep.memory.addSession({ sessionId: "torn", userId: "torn" });
  const body = { messages: [{ role_type: "user", content: "only once" }] };
  await sendAndLeave("/sessions/torn/memory", body);
  await zep.memory.add("torn", { messages: [{ roleType: "user", content: "only once" }] });
  assert.equal((await zep.memory.getSessionMessages("torn")).totalCount, 1);
  await zep.memory.add("torn", { messages: [{ roleType: "user", content: "only once" }] });
  assert.equal((await zep.memory.getSessionMessages("torn")).totalCount, 2);

  await sendAndLeave("/users", { user_id: "torn-user" });
  assert.equal((await zep.user.add({ userId: "torn-user" })).userId, "torn-user");
  await assert.rejects(zep.user.add({ userId: "torn-user" }), { statusCode: 400 });
  await sendAndLeave("/graph", { user_id: "torn", type: "text", data: "told once" });
  await zep.graph.add({ userId: "torn", type: "text", data: "told once" });
  const { episodes = [] } = await zep.graph.episode.getByUserId("torn");
  assert.equal(episodes.filter(({ content }) => content === "told once").length, 1);
});

/** Sends a request whole and hangs up while it is being worked on, as a client does that has waited too long. */
async function sendAndLeave(path: string, body: object): Promise<void> {
  await db().$transaction(
    async (tx) => {
      // Nothing can be written about anybody while this is held, so the work cannot end before the client has gone.
      await tx.$executeRaw`LOCK TABLE users IN EXCLUSIVE MODE`;
      const [begun] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
      const isLossNoticed = async () =>
        (await db().lostAnswer.findFirst({ where: { at: { gt: begun?.at } } })) !== null;
      // What waits for the lock may be other work than ours, and ours may be left before it arrived: it is sent again then.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const sent = request(`${base}${path}`, { method: "POST", headers: { authorization: `Api-Key ${key}` } });
        sent.on("error", () => undefined);
        sent.end(JSON.stringify(body));
        const someoneWaits = async () => {
          const [{ waiting = 0 } = {}] = await tx.$queryRaw<{ waiting: number }[]>`
            SELECT count(*)::int AS waiting FROM pg_locks WHERE relation = 'users'::regclass AND NOT granted`;
          return waiting > 0;
        };
        await pollUntil(someoneWaits, Boolean, 5_000);
        sent.destroy();
        // The loss is noticed while the work still waits, and the work then ends without anybody to tell.
        if (await pollUntil(isLossNoticed, Boolean, 2_000)) return;
      }
      assert.fail("the server noticed no lost answer");
    },
    { timeout: 60_000 },
  );
  await pause(50);
}

test("each call leaves a line without ids or contents, and its key is known to have been used", async () => {
  await zep.user.get("crowd");
  await flushRequests();
  const lines = await db().apiRequest.findMany({ where: { projectUuid } });
  assert.ok(
    lines.some(({ method, route, status }) => method === "GET" && route === "/users/{userId}" && status === 200),
  );
  assert.doesNotMatch(JSON.stringify(lines.map((line) => ({ ...line, seq: 0 }))), /crowd|once|torn/);
  const used = await db().apiKey.findFirst({ where: { projectUuid } });
  assert.ok(used?.lastUsedAt);
});

test("a client behind a failing proxy tries again and gets through", async () => {
  let failures = 0;
  const proxy = createServer((incoming, outgoing) => {
    if (failures < 1) {
      failures += 1;
      outgoing.writeHead(503, { "content-type": "application/json" }).end('{"message":"not now"}');
      return;
    }
    const { host: _, ...headers } = incoming.headers;
    const onward = request(`${base}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const address = proxy.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const client = new ZepClient({ apiKey: key, environment: `http://127.0.0.1:${port}` });
  assert.equal((await client.user.add({ userId: "through" })).userId, "through");
  proxy.closeAllConnections();
  proxy.close();
});
