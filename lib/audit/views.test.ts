import assert from "node:assert/strict";
import { test } from "node:test";
import { listAuditEvents, listViews } from "#lib/audit/queries.ts";
import { NO_AUDIT_FILTER } from "#lib/audit/schema.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { getSummary } from "#lib/graph/summary/queries.ts";
import { listLearnedFacts } from "#lib/graph/view/facts/queries.ts";
import { findNodes, getGraphView, getNodeCard } from "#lib/graph/view/picture/queries.ts";
import { explainReading } from "#lib/ingestion/queries.ts";
import { listMessages, searchSession } from "#lib/messages/queries.ts";
import { findSaid } from "#lib/messages/search/queries.ts";
import { getSession } from "#lib/sessions/queries.ts";
import { getUser } from "#lib/users/queries.ts";
import { addTurns, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

test("who looks at a person is written, once for a while, with what kind of thing and nothing of it", async () => {
  const { actor } = await makeOperator("admin");
  const { actor: support } = await makeOperator("support", actor);
  const person = await makeUser(actor);
  const session = await makeSession(actor, { userUuid: person.uuid });
  await addTurns(session, "I keep bees in Ghent.");
  for (let times = 0; times < 3; times += 1) await getUser(support, person.uuid);
  await listMessages(support, { session: session.uuid, window: 0 });
  await getGraphView(support, { user: person.uuid, limit: 50, open: [], node: null, to: null });
  await findSaid(support, { text: "bees", speaker: "all", page: 1 });
  const views = await listViews(actor, { user: person.uuid });
  assert.deepEqual(views.map(({ view }) => view).sort(), ["graph", "record", "search", "transcript"]);
  const events = await db().auditEvent.findMany({ where: { ...ofProject(actor), action: "user.viewed" } });
  assert.doesNotMatch(JSON.stringify(events.map(({ data }) => data)), /bees|Ghent/);
  assert.ok(events.every(({ subjectRef, objectUuid }) => subjectRef === person.subjectRef && objectUuid === null));
  // The trail shows them to who asks for them.
  const page = { page: 1, size: 25, direction: "desc" } as const;
  const list = async (action: "user.viewed" | null) =>
    (await listAuditEvents(actor, { ...NO_AUDIT_FILTER, ...page, by: "all", action })).filter(
      (event) => event.action === "user.viewed",
    ).length;
  assert.deepEqual([await list("user.viewed"), await list(null)], [4, 0]);
});

test("a restricted person is open to those alone who settle their request", async () => {
  const { actor } = await makeOperator("privacy");
  const { actor: support } = await makeOperator("support", actor);
  const person = await makeUser(actor);
  const session = await makeSession(actor, { userUuid: person.uuid });
  await addTurns(session, "I keep bees in Ghent.");
  await getUser(support, person.uuid);
  const request = "0198f3c0-0000-7000-8000-000000000001";
  await db().restriction.create({ data: { ...ofProject(actor), userUuid: person.uuid, requestUuid: request } });
  await assert.rejects(getUser(support, person.uuid), { code: "restricted" });
  const { uuid: message } = await db().message.findFirstOrThrow({ where: { sessionUuid: session.uuid } });
  const reads = [
    () => listMessages(support, { session: session.uuid, window: 0 }),
    () => searchSession(support, { session: session.uuid, text: "bees" }),
    () => getSession(support, session.uuid),
    () => listLearnedFacts(support, { message }),
    () => explainReading(support, { message }),
    () => getGraphView(support, { user: person.uuid, limit: 50, open: [], node: null, to: null }),
    () => findNodes(support, { user: person.uuid, text: "bees" }),
    () => getNodeCard(support, { user: person.uuid, node: person.uuid }),
    () => getSummary(support, person.uuid),
  ];
  for (const read of reads) await assert.rejects(read(), { code: "restricted" });
  assert.deepEqual((await findSaid(support, { text: "bees", speaker: "all", page: 1 })).messages, []);
  assert.equal((await listMessages(actor, { session: session.uuid, window: 0 })).length, 1);
  assert.equal((await findSaid(actor, { text: "bees", speaker: "all", page: 1 })).messages.length, 1);
});
