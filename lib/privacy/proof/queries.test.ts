import assert from "node:assert/strict";
import { test } from "node:test";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { getProofFigures, listProofRuns, listResidue } from "#lib/privacy/proof/queries.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

test("every search is listed; what is left is told by its table for as long as it is there, and to no other project", async () => {
  const { actor } = await makeOperator("privacy");
  const { uuid, userId } = await makeUser(actor);
  await eraseUserById(actor, userId);
  assert.deepEqual(await getProofFigures(actor), { confirmed: 0, pending: 1, residue: 0, runs: 0 });
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = ARRAY[$1]", [uuid]);
  await provePendingReceipts();
  const [residue] = await listResidue(actor);
  assert.deepEqual(
    residue?.left.map(({ table }) => table),
    ["lethe_queue.queue"],
  );
  const { actor: stranger } = await makeOperator("privacy");
  assert.deepEqual([await listResidue(stranger), await listProofRuns(stranger)], [[], []]);
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = NULL");
  await provePendingReceipts({ atOnce: true });
  assert.deepEqual(await getProofFigures(actor), { confirmed: 1, pending: 0, residue: 0, runs: 2 });
  assert.deepEqual(await listResidue(actor), []);
  assert.deepEqual(
    (await listProofRuns(actor)).map(({ verdict }) => verdict),
    ["confirmed", "residue"],
  );
});
