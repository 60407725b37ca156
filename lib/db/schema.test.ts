import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import pg from "pg";
import { db } from "#lib/db/client.ts";
import { applyMigrations, findSchemaDrift } from "#lib/db/migrate.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { openTestDatabase, runAsOwner, runOnServer } from "#prisma/test-database.ts";

const url = await openTestDatabase();

test("the migrations lead to exactly the Prisma schema", async () => {
  assert.equal(await findSchemaDrift(url), "");
});

test("a migration that was killed half-way is applied by the next start", async () => {
  const empty = new URL(url);
  empty.pathname = `${empty.pathname}_empty`;
  const name = empty.pathname.slice(1);
  await runOnServer((client) => client.query(`CREATE DATABASE ${name}`));
  try {
    const [first] = await applyMigrations(empty.href);
    const client = new pg.Client({ connectionString: empty.href });
    await client.connect();
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await client.query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
      finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
    await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', $1)", [first]);
    await client.end();
    assert.deepEqual((await applyMigrations(empty.href)).slice(0, 1), [first]);
    assert.equal(await findSchemaDrift(empty.href), "");
  } finally {
    await runOnServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  }
});

test("audit events can be neither changed nor removed", async () => {
  const actor = await makeActor();
  await db().auditEvent.create({ data: { projectUuid: actor.projectUuid, actorKind: "anonymous", action: "test" } });
  for (const sql of ["UPDATE audit_events SET action = 'other'", "DELETE FROM audit_events", "TRUNCATE audit_events"]) {
    await assert.rejects(db().$executeRawUnsafe(sql), /permission denied/);
    await assert.rejects(runAsOwner(sql), /never changed or removed|referenced in a foreign key/);
  }
});

test("the counts and times that the database derives are true after any sequence of changes", async () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant("user" as const) }),
    fc.record({ kind: fc.constant("session" as const), user: fc.nat(5) }),
    fc.record({
      kind: fc.constant("say" as const),
      session: fc.nat(9),
      times: fc.integer({ min: 1, max: 4 }),
      day: fc.nat(30),
    }),
    fc.record({ kind: fc.constant("unsay" as const), session: fc.nat(9) }),
    fc.record({ kind: fc.constant("drop session" as const), session: fc.nat(9) }),
    fc.record({ kind: fc.constant("drop user" as const), user: fc.nat(5) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 25 }), async (changes) => {
      const actor = await makeActor();
      const { projectUuid } = actor;
      for (const step of changes) {
        const users = await db().user.findMany({ where: { projectUuid }, orderBy: { uuid: "asc" } });
        const sessions = await db().session.findMany({ where: { projectUuid }, orderBy: { uuid: "asc" } });
        const user = "user" in step ? users[step.user % Math.max(1, users.length)] : undefined;
        const session = "session" in step ? sessions[step.session % Math.max(1, sessions.length)] : undefined;
        if (step.kind === "user") await makeUser(actor);
        else if (step.kind === "session" && user) await makeSession(actor, { userUuid: user.uuid });
        else if (step.kind === "say" && session) {
          const createdAt = new Date(Date.UTC(2026, 0, 1 + step.day));
          const batch = Array.from({ length: step.times }, () => makeMessage("x", { createdAt }));
          await db().$transaction((tx) => appendMessages(tx, session, batch));
        } else if (step.kind === "unsay" && session) {
          const last = await db().message.findFirst({ where: { projectUuid, sessionUuid: session.uuid } });
          if (last) await db().message.delete({ where: { projectUuid_uuid: { projectUuid, uuid: last.uuid } } });
        } else if (step.kind === "drop session" && session) {
          await db().session.delete({ where: { projectUuid_uuid: { projectUuid, uuid: session.uuid } } });
        } else if (step.kind === "drop user" && user) {
          await db().user.delete({ where: { projectUuid_uuid: { projectUuid, uuid: user.uuid } } });
        }
      }
      const wrong = await db().$queryRaw`
        SELECT 'user' FROM users u WHERE u.project_uuid = ${projectUuid}::uuid AND (
          session_count <> (SELECT count(*) FROM sessions s WHERE s.user_uuid = u.uuid)
          OR message_count <> (SELECT count(*) FROM messages m WHERE m.user_uuid = u.uuid)
          OR last_activity_at IS DISTINCT FROM (SELECT max(greatest(s.created_at,
            (SELECT max(m.created_at) FROM messages m WHERE m.session_uuid = s.uuid))) FROM sessions s WHERE s.user_uuid = u.uuid))
        UNION ALL
        SELECT 'session' FROM sessions s WHERE s.project_uuid = ${projectUuid}::uuid AND (
          message_count <> (SELECT count(*) FROM messages m WHERE m.session_uuid = s.uuid)
          OR last_message_at IS DISTINCT FROM (SELECT max(m.created_at) FROM messages m WHERE m.session_uuid = s.uuid))
        UNION ALL
        SELECT 'tally' WHERE (SELECT coalesce(sum(users), 0) FROM project_tallies WHERE project_uuid = ${projectUuid}::uuid)
          <> (SELECT count(*) FROM users WHERE project_uuid = ${projectUuid}::uuid)`;
      assert.deepEqual(wrong, []);
    }),
    { numRuns: 15 },
  );
});
