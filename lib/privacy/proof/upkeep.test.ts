import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { runUpkeep } from "#lib/privacy/proof/upkeep.ts";
import { makeActor } from "#prisma/factories.ts";
import { makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

function listStatistics(text: string) {
  return runAsOwner<{ tablename: string }>(
    `SELECT tablename FROM pg_stats WHERE schemaname = 'public' AND
       concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text) ILIKE $1`,
    [`%${text}%`],
  );
}

test("the planner's statistics tell nothing of the only person there was, whose tables are empty now", async () => {
  const actor = await makeActor();
  const jane = await makeJane(actor, { firstName: "Quizelda", email: "quizelda@example.org" });
  await rememberTurns(jane, ["I live in Quizeldatown.", "I work at Quizeldacorp.", "My sister Quizeldina likes tea."]);
  await runAsOwner("ANALYZE");
  assert.ok((await listStatistics("quizeld")).length > 5);
  await eraseUserById(actor, jane.userId);
  await runAsOwner("ANALYZE");
  assert.ok((await listStatistics("quizeld")).length > 5, "ANALYZE alone leaves them");
  await provePendingReceipts();
  assert.deepEqual(await listStatistics("quizeld"), []);
  assert.equal((await db().receipt.findFirstOrThrow()).status, "confirmed");
});

test("what a role may not tidy or see is told, and nothing is confirmed", async () => {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  try {
    const { problems } = await runUpkeep(client, [{ person: "x", names: [{ kind: "user_id", value: "somebody" }] }]);
    assert.ok(
      problems.some((problem) => /permission denied to vacuum/.test(problem)),
      problems.join(),
    );
  } finally {
    await client.end();
  }
});
