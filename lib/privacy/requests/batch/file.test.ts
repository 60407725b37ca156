import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { checkRows, fileRows, type RowOutcome } from "#lib/privacy/requests/batch/file.ts";
import { type CsvRow, readCsv } from "#lib/privacy/requests/batch/schema.ts";
import { answerRequest, closeUnknown } from "#lib/privacy/requests/fulfil.ts";
import { attestRequest } from "#lib/privacy/requests/review.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

function makeRows(...lines: string[]): CsvRow[] {
  const { rows, problem } = readCsv(`reference,identifier,type,law\n${lines.join("\n")}\n`);
  assert.equal(problem, null);
  return rows;
}

async function inBatches(
  actor: Actor,
  rows: CsvRow[],
  work: (actor: Actor, rows: CsvRow[]) => Promise<RowOutcome[]>,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for (let start = 0; start < rows.length; start += 100)
    outcomes.push(...(await work(actor, rows.slice(start, start + 100))));
  return outcomes;
}

function countOutcomes(outcomes: RowOutcome[], wanted: RowOutcome["outcome"]): number {
  return outcomes.filter(({ outcome }) => outcome === wanted).length;
}

test("of 5,000 rows, a third of them bad, the good ones are filed, each once however often the file is sent", async () => {
  const { actor } = await makeOperator("privacy");
  const rows = makeRows(
    ...Array.from({ length: 5_000 }, (_, index) =>
      index % 3 === 0 ? `r-${index},,sale,gdpr` : `r-${index},person-${index},access,gdpr`,
    ),
  );
  const checked = await inBatches(actor, rows, checkRows);
  assert.deepEqual([countOutcomes(checked, "new"), countOutcomes(checked, "refused")], [3_333, 1_667]);
  const stored = () => db().privacyRequest.count({ where: ofProject(actor) });
  assert.equal(await stored(), 0, "looking changes nothing");
  // Stopped half-way, then sent again as a whole.
  await inBatches(actor, rows.slice(0, 1_000), fileRows);
  const halfway = await stored();
  assert.equal(halfway, 666);
  const filed = await inBatches(actor, rows, fileRows);
  assert.deepEqual(
    [countOutcomes(filed, "new"), countOutcomes(filed, "filed before"), countOutcomes(filed, "refused")],
    [3_333 - halfway, halfway, 1_667],
  );
  assert.equal(await stored(), 3_333);
  assert.ok(filed.every(({ outcome, problem }) => (outcome === "refused") === (problem !== null)));
});

test("each row tells for itself what is wrong, and whether the person is known", async () => {
  const { actor, email } = await makeOperator("privacy");
  await makeUser(actor, { userId: "jane", email: "both@example.org" });
  await makeUser(actor, { userId: "john", email: "both@example.org" });
  const rows = makeRows(
    "1,jane,erasure,gdpr",
    "2,nobody,erasure,gdpr",
    "3,both@example.org,erasure,gdpr",
    `4,${email},erasure,gdpr`,
    "5,john,sale,gdpr",
  );
  const checked = await checkRows(actor, rows);
  assert.deepEqual(
    checked.map(({ outcome, isPersonKnown }) => [outcome, isPersonKnown]),
    [["new", true], ["new", false], ...Array.from({ length: 3 }, () => ["refused", null])],
  );
  const [, , several, oneself, type] = checked.map(({ problem }) => problem ?? "");
  assert.match(several ?? "", /identifier: Several people/);
  assert.match(oneself ?? "", /about yourself/);
  assert.match(type ?? "", /^type: Say erasure/);
  assert.deepEqual(
    (await fileRows(actor, rows)).map(({ outcome }) => outcome),
    checked.map(({ outcome }) => outcome),
  );
});

test("a reference is known again after the person was told, though it can no longer be read", async () => {
  const { actor } = await makeOperator("privacy");
  const rows = makeRows("CASE-4711,nobody,access,gdpr");
  const [filed] = await fileRows(actor, rows);
  assert.ok(filed?.request);
  const { request } = filed;
  await attestRequest(actor, (await readRequest(actor, request)).seen);
  await closeUnknown(actor, (await readRequest(actor, request)).seen);
  await answerRequest(actor, (await readRequest(actor, request)).seen);
  const { externalRef } = await readRequest(actor, request);
  assert.ok(externalRef && !externalRef.includes("4711"));
  for (const work of [checkRows, fileRows]) {
    const [again] = await work(actor, rows);
    assert.deepEqual([again?.outcome, again?.request], ["filed before", request]);
  }
});

test("whoever does not work on requests files none from a file", async () => {
  const { actor } = await makeOperator("support");
  for (const work of [checkRows, fileRows])
    await assert.rejects(work(actor, makeRows("1,jane,erasure,gdpr")), { code: "forbidden" });
});
