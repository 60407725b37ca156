import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { linkAuditEvents } from "#lib/audit/chain.ts";
import { getCheckpointPath, writeCheckpoints } from "#lib/audit/checkpoints.ts";
import { getTrailStatus } from "#lib/audit/queries.ts";
import { verifyTrail } from "#lib/audit/verify.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { createUser } from "#lib/users/mutations.ts";
import { makeActor } from "#prisma/factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

async function makeEvents(actor: Actor, times: number) {
  for (let time = 0; time < times; time += 1) {
    const userId = `user-${Math.random()}`;
    await createUser(actor, { userId, email: null, firstName: null, lastName: null, metadata: {} });
    if (time === 0) await eraseUserById(actor, userId);
  }
}

/** What only somebody with the rights of the tables' owner can do. */
async function runForgery(sql: string, ...values: unknown[]): Promise<void> {
  await runAsOwner(sql, values, { asReplica: true });
}

test("every committed event gets its place in its project's chain, whoever links, and the chain holds", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  await Promise.all([makeEvents(actor, 5), makeEvents(other, 3)]);
  assert.equal((await getTrailStatus(actor)).unlinked, 6);
  await Promise.all([linkAuditEvents(), linkAuditEvents(), linkAuditEvents()]);
  await makeEvents(actor, 2);
  await linkAuditEvents();
  assert.deepEqual(await verifyTrail(actor.projectUuid), { linked: 9, unlinked: 0, checkpoints: 0, problems: [] });
  assert.deepEqual(await verifyTrail(other.projectUuid), { linked: 4, unlinked: 0, checkpoints: 0, problems: [] });
  await writeCheckpoints();
  assert.equal(await writeCheckpoints(), 0);
  assert.equal((await verifyTrail(actor.projectUuid)).checkpoints, 1);
  assert.ok((await getTrailStatus(actor)).checkpointAt);
});

test("an event that is changed, removed or moved is found, and so is a chain that was cut or written anew", async () => {
  const breaks: Record<string, (project: string) => Promise<void>> = {
    changed: (project) =>
      runForgery(
        "UPDATE audit_events SET action = 'user.created' WHERE project_uuid = $1 AND action = 'user.erased'",
        project,
      ),
    "its data changed": (project) =>
      runForgery("UPDATE audit_events SET data = '{}' WHERE project_uuid = $1 AND action = 'user.erased'", project),
    removed: (project) =>
      runForgery("DELETE FROM audit_events WHERE project_uuid = $1 AND action = 'user.erased'", project),
    moved: (project) =>
      runForgery(
        `WITH gone AS (DELETE FROM audit_links WHERE project_uuid = $1 AND position IN (1, 3) RETURNING *)
         INSERT INTO audit_links SELECT project_uuid, position, (SELECT seq FROM gone o WHERE o.position <> g.position), hash FROM gone g`,
        project,
      ),
    cut: (project) => runForgery("DELETE FROM audit_links WHERE project_uuid = $1 AND position > 2", project),
    "written anew": async (project) => {
      await runForgery("DELETE FROM audit_links WHERE project_uuid = $1", project);
      await runForgery("DELETE FROM audit_events WHERE project_uuid = $1 AND action = 'user.erased'", project);
      await runForgery(
        "INSERT INTO audit_unlinked SELECT project_uuid, seq FROM audit_events WHERE project_uuid = $1",
        project,
      );
      await linkAuditEvents();
    },
  };
  for (const [name, breakTrail] of Object.entries(breaks)) {
    const actor = await makeActor();
    const { projectUuid } = actor;
    await makeEvents(actor, 4);
    await linkAuditEvents();
    await writeCheckpoints();
    assert.deepEqual((await verifyTrail(projectUuid)).problems, [], name);
    await breakTrail(projectUuid);
    assert.equal((await verifyTrail(projectUuid)).problems.length, 1, name);
  }
});

test("a line of the checkpoints that was changed is found", async () => {
  const actor = await makeActor();
  await makeEvents(actor, 1);
  await linkAuditEvents();
  await writeCheckpoints();
  const path = getCheckpointPath() ?? "";
  const lines = readFileSync(path, "utf8");
  writeFileSync(path, `${lines.trimEnd().slice(0, -4)}AAAA\n`);
  assert.match(
    (await verifyTrail(actor.projectUuid)).problems.join(),
    /1 lines of the file of checkpoints were changed/,
  );
  writeFileSync(path, lines);
});

test("the chain takes no change, and an erasure leaves it as it is", async () => {
  const actor = await makeActor();
  await makeEvents(actor, 2);
  await linkAuditEvents();
  for (const sql of [
    "DELETE FROM audit_links",
    "UPDATE audit_links SET position = position + 1",
    "TRUNCATE audit_links",
  ]) {
    await assert.rejects(db().$executeRawUnsafe(sql), /permission denied/);
    await assert.rejects(runAsOwner(sql), /never changed or removed/);
  }
  assert.deepEqual((await verifyTrail(actor.projectUuid)).problems, []);
});
