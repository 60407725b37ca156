import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { eraseUser } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { stopWork } from "#lib/privacy/progress/mutations.ts";
import { findProgress } from "#lib/privacy/progress/queries.ts";
import { addTurns, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

// Messages go slowly here, as those of somebody who has said a million things.
await runAsOwner(`CREATE FUNCTION test_wait() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN PERFORM pg_sleep(0.2); RETURN OLD; END $$`);
await runAsOwner("CREATE TRIGGER wait BEFORE DELETE ON messages FOR EACH ROW EXECUTE FUNCTION test_wait()");

async function beginErasure() {
  const { actor } = await makeOperator("privacy");
  const person = await makeUser(actor);
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "one", "two", "three", "four", "five");
  const [plan] = await planErasures(actor, { uuids: [person.uuid] });
  assert.ok(plan);
  const work = randomUUID();
  const seen = { previewed: plan.rows, plan: plan.hash, confirmation: person.userId, keptOut: false };
  const erasing = eraseUser(actor, { uuid: person.uuid, ...seen, work });
  const watch = (isWished: (step: string) => boolean) =>
    pollUntil(
      () => findProgress(actor, { work }),
      (state) => state !== null && isWished(state.step),
      10_000,
    );
  return { actor, work, erasing, watch };
}

test("a long erasure tells how far it is while it runs, to whoever asked for it and nobody else", async () => {
  const { actor, work, erasing, watch } = await beginErasure();
  const state = await watch((step) => step === "Messages");
  assert.ok(state && state.done > 0 && state.done < state.total, JSON.stringify(state));
  const { actor: other } = await makeOperator("privacy", actor);
  assert.equal(await findProgress(other, { work }), null);
  await stopWork(other, { work });
  await erasing;
  assert.equal(await findProgress(actor, { work }), null);
  assert.equal(await db().user.count({ where: ofProject(actor) }), 0);
});

test("stopped midway it has deleted nothing, and says so", async () => {
  const { actor, work, erasing, watch } = await beginErasure();
  const ended = assert.rejects(erasing, { code: "conflict", message: "It was stopped. Nothing was changed." });
  await watch((step) => step === "Messages");
  await stopWork(actor, { work });
  await ended;
  assert.equal(await db().message.count({ where: ofProject(actor) }), 5);
  assert.equal(await db().receipt.count({ where: ofProject(actor) }), 0);
  assert.equal(await findProgress(actor, { work }), null);
});
