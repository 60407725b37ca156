import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";
import { makeActor, makeMessage, makeSession } from "#prisma/factories.ts";
import { makeJane, processAll, rememberData, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

/** Every row that is not this person's, table by table, word for word and with the version of it that is stored. */
function readOthers(uuid: string): Promise<Map<string, Set<string>>> {
  return runMaintenance(async (client) => {
    const others = new Map<string, Set<string>>();
    for (const { name, owner } of STORED_TABLES) {
      const { rows } = await client.query(
        `SELECT t.xmin::text || ' ' || t::text AS row FROM ${name} t ${owner ? `WHERE ${owner}::text IS DISTINCT FROM $1` : ""}`,
        owner ? [uuid] : [],
      );
      const read = z.array(z.object({ row: z.string() })).parse(rows);
      others.set(name, new Set(read.map(({ row }) => row)));
    }
    return others;
  });
}

test("an erasure changes no row of anybody else but the count of people, and adds none but the trail and the receipt", async () => {
  const actor = await makeActor("privacy");
  const people = [await makeJane(actor), await makeJane(actor), await makeJane(await makeActor("privacy"))] as const;
  for (const person of people) {
    await rememberTurns(person, ["I live in Ghent and work at Acme.", "My sister Anna lives in Bruges."]);
    await rememberData(person, { plan: "gold", city: "Ghent" });
  }
  const [gone] = people;
  const before = await readOthers(gone.uuid);
  await eraseUserById(actor, gone.userId);
  await provePendingReceipts({ atOnce: true });
  const after = await readOthers(gone.uuid);
  const changed = [...before].filter(([name, rows]) => [...rows].some((row) => !after.get(name)?.has(row)));
  assert.deepEqual(
    changed.map(([name]) => name),
    ["project_tallies"],
  );
  const added = [...after].filter(([name, rows]) => [...rows].some((row) => !before.get(name)?.has(row)));
  assert.deepEqual(
    added
      .map(([name]) => name)
      .filter((name) => name !== "project_tallies")
      .sort(),
    ["audit_events", "audit_unlinked", "instance_keys", "proof_runs", "receipts"],
  );
});

test("twenty who write to somebody while they are erased leave nothing of them, and all are told", async () => {
  const actor = await makeActor("admin");
  for (let round = 0; round < 3; round += 1) {
    const person = await makeJane(actor);
    const sessions: string[] = [];
    for (let count = 0; count < 20; count += 1)
      sessions.push((await makeSession(actor, { userUuid: person.uuid })).sessionId);
    const writing = sessions.map(async (sessionId) => {
      for (let turn = 0; turn < 5; turn += 1)
        await addMessages(actor, sessionId, [makeMessage("I live in Ghent and work at Acme.")], []);
    });
    const reading = processAll(person);
    const [erased, ...written] = await Promise.allSettled([
      new Promise((resolve) => setTimeout(resolve, 40 * round)).then(() => eraseUserById(actor, person.userId)),
      ...writing,
      reading,
    ]);
    assert.equal(erased.status, "fulfilled");
    for (const outcome of written)
      if (outcome.status === "rejected") assert.match(String(outcome.reason.code), /^(not_found|suppressed|conflict)$/);
    await provePendingReceipts({ atOnce: true });
    const { uuid } = person;
    const own = { projectUuid: actor.projectUuid, graphUuid: uuid };
    assert.equal(await db().episode.count({ where: own }), 0);
    assert.equal(await db().edge.count({ where: own }), 0);
    assert.equal(await db().session.count({ where: { projectUuid: actor.projectUuid, userUuid: uuid } }), 0);
  }
  const statuses = await db().receipt.findMany({ where: { projectUuid: actor.projectUuid }, select: { status: true } });
  assert.deepEqual(
    statuses.map(({ status }) => status),
    ["confirmed", "confirmed", "confirmed"],
  );
});
