import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { hashForState } from "#lib/privacy/deletion-list/hash.ts";
import { matchDeletionList } from "#lib/privacy/deletion-list/match.ts";
import {
  addListRows,
  confirmOptOut,
  fileMatched,
  removeListRows,
  reportList,
} from "#lib/privacy/deletion-list/mutations.ts";
import { getListFigures, listItems } from "#lib/privacy/deletion-list/queries.ts";
import { nameReport, readListFile, writeReport } from "#lib/privacy/deletion-list/schema.ts";
import type { DeletionList } from "#lib/privacy/deletion-list/terms.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { changePolicy } from "#lib/privacy/policy/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { refuseRequest } from "#lib/privacy/requests/decide.ts";
import { performDueRequests } from "#lib/privacy/requests/perform.ts";
import { attestRequest, submitRequest } from "#lib/privacy/requests/review.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { fileFor, readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

async function makeDesk(): Promise<Actor> {
  const { actor: admin } = await makeOperator("admin");
  await changePolicy(admin, { approvalsRequired: 0, graceHours: 0, timeZone: "UTC", restDays: [] });
  return (await makeOperator("privacy", admin)).actor;
}

/** A row as the State gives it out. */
function makeRow(list: DeletionList, id: string, value: string) {
  return { id, hash: hashForState(list, value) ?? "" };
}

/** How it stands with each row, by its id. */
async function readStates(actor: Actor): Promise<Record<string, string>> {
  return Object.fromEntries((await listItems(actor)).map(({ workItem, state }) => [workItem, state]));
}

async function findRequest(actor: Actor, workItem: string) {
  const item = await db().deletionListItem.findFirstOrThrow({ where: { ...ofProject(actor), workItem } });
  return readRequest(actor, item.requestUuid ?? "");
}

/** Works on the request of a row until its receipt is confirmed. */
async function completeErasure(actor: Actor, workItem: string): Promise<void> {
  await submitRequest(actor, (await findRequest(actor, workItem)).seen);
  do await provePendingReceipts({ atOnce: true });
  while ((await performDueRequests()) > 0);
}

test("addresses and telephone numbers are hashed as the State does it", () => {
  // Values that others have published for the platform, checked with openssl.
  assert.equal(hashForState("Phone", "+1(415)555-9317"), "vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E=");
  assert.equal(hashForState("Phone", "+84(90)123 4567"), "ptzVkgbv9DonwvPCHmXmJ2SEOaolSh37z3ZzY/Gmm+U=");
  assert.equal(hashForState("Email", "  John@OZVEL.com "), "/PMxDhzUdSSWIPVXxwaZELjuRTNR6e64pzPAZM/dx7s=");
  assert.equal(hashForState("Phone", "none"), null);
});

test("from the State's file to its answer: deleted, exempted, shared and opted out, not found, and what changes later", async () => {
  const actor = await makeDesk();
  const deleted = await makeUser(actor, { email: "Deleted@Example.org" });
  await makeUser(actor, { email: "exempt@example.org" });
  await makeUser(actor, { email: "shared@example.org" });
  await makeUser(actor, { email: "shared@example.org" });
  await makeUser(actor, { metadata: { phone: "+1 (415) 555-9317" } });
  const rows = [
    makeRow("Email", "Deleted00001", "deleted@example.org"),
    makeRow("Email", "Exempted0001", "exempt@example.org"),
    makeRow("Email", "Shared000001", "shared@example.org"),
    makeRow("Email", "NotFound0001", "later@example.org"),
  ];
  await addListRows(actor, { list: "Email", rows });
  await addListRows(actor, { list: "Phone", rows: [makeRow("Phone", "Phone0000001", "4155559317")] });
  assert.deepEqual(
    (await addListRows(actor, { list: "Email", rows })).map(({ outcome }) => outcome),
    Array(4).fill("known"),
  );
  assert.deepEqual(await matchDeletionList(actor), { users: 5, matched: 4 });
  assert.deepEqual(await readStates(actor), {
    Deleted00001: "matched",
    Exempted0001: "matched",
    Phone0000001: "matched",
    Shared000001: "shared",
    NotFound0001: "not_found",
  });

  const filed = await fileMatched(actor, ["Deleted00001", "Exempted0001", "NotFound0001"]);
  assert.deepEqual(
    filed.map(({ outcome }) => outcome),
    ["filed", "filed", "refused"],
  );
  const request = await findRequest(actor, "Deleted00001");
  assert.deepEqual([request.law, request.type, request.state], ["delete_act", "erasure", "in_review"]);
  assert.deepEqual(await reportList(actor, { which: "new" }), { rows: [{ workItem: "NotFound0001", code: 5 }] });

  await completeErasure(actor, "Deleted00001");
  await refuseRequest(actor, { ...(await findRequest(actor, "Exempted0001")).seen, ground: "legal_obligation" });
  await confirmOptOut(actor, { workItem: "Shared000001" });
  await assert.rejects(confirmOptOut(actor, { workItem: "NotFound0001" }), { code: "conflict" });
  const { rows: told } = await reportList(actor, { which: "new" });
  assert.deepEqual(
    new Map(told.map(({ workItem, code }) => [workItem, code])),
    new Map([
      ["Deleted00001", 3],
      ["Exempted0001", 2],
      ["Shared000001", 4],
    ]),
  );
  assert.deepEqual(await reportList(actor, { which: "last" }), {
    rows: told.toSorted((a, b) => (a.workItem < b.workItem ? -1 : 1)),
  });
  await assert.rejects(reportList(actor, { which: "new" }), { code: "conflict" });
  assert.equal(await db().user.count({ where: { ...ofProject(actor), uuid: deleted.uuid } }), 0);

  // Whoever is added later is found: what the State was told is changed once they are deleted.
  await makeUser(actor, { email: "LATER@example.org" });
  await matchDeletionList(actor);
  assert.equal((await readStates(actor)).NotFound0001, "matched");
  await fileMatched(actor, ["NotFound0001"]);
  await completeErasure(actor, "NotFound0001");
  assert.deepEqual(await reportList(actor, { which: "changed" }), { rows: [{ workItem: "NotFound0001", code: 3 }] });
  const figures = await getListFigures(actor);
  assert.deepEqual([figures.total, figures.states.matched, figures.unreported, figures.changed], [5, 1, 0, 0]);
});

test("who has taken it back is not deleted, and is told to nobody", async () => {
  const actor = await makeDesk();
  const { uuid } = await makeUser(actor, { email: "back@example.org" });
  await addListRows(actor, { list: "Email", rows: [makeRow("Email", "TakenBack001", "back@example.org")] });
  await matchDeletionList(actor);
  await fileMatched(actor, ["TakenBack001"]);
  const [removed] = await removeListRows(actor, ["TakenBack001"]);
  assert.deepEqual(removed, { workItem: "TakenBack001", outcome: "removed", problem: null });
  assert.equal((await findRequest(actor, "TakenBack001")).state, "withdrawn");
  await matchDeletionList(actor);
  assert.equal((await readStates(actor)).TakenBack001, "removed");
  assert.equal((await fileMatched(actor, ["TakenBack001"]))[0]?.outcome, "refused");
  await assert.rejects(reportList(actor, { which: "new" }), { code: "conflict" });
  assert.equal(await db().user.count({ where: { ...ofProject(actor), uuid } }), 1);
});

test("a row whose request came to nothing is filed again; one whose person has another request says why it waits", async () => {
  const actor = await makeDesk();
  const { userId } = await makeUser(actor, { email: "again@example.org" });
  await addListRows(actor, { list: "Email", rows: [makeRow("Email", "Again0000001", "again@example.org")] });
  await matchDeletionList(actor);
  const [one, other] = await Promise.all([fileMatched(actor, ["Again0000001"]), fileMatched(actor, ["Again0000001"])]);
  assert.ok([one[0]?.outcome, other[0]?.outcome].includes("filed"));
  assert.equal(await db().privacyRequest.count({ where: ofProject(actor) }), 1);
  const { seen } = await findRequest(actor, "Again0000001");
  await refuseRequest(actor, { ...seen, ground: "unfounded" });
  assert.equal((await readStates(actor)).Again0000001, "exempted");
  await eraseUserById(actor, userId);
  assert.equal((await readStates(actor)).Again0000001, "not_found");

  const { userId: busy } = await makeUser(actor, { email: "busy@example.org" });
  const first = await fileFor(actor, busy);
  await attestRequest(actor, (await readRequest(actor, first)).seen);
  await addListRows(actor, { list: "Email", rows: [makeRow("Email", "Busy00000001", "busy@example.org")] });
  await matchDeletionList(actor);
  const [refused] = await fileMatched(actor, ["Busy00000001"]);
  assert.match(refused?.problem ?? "", /Another request of this kind/);
});

test("nothing of an address is kept, neither itself nor its hash, and the list is of one project", async () => {
  const actor = await makeDesk();
  const stranger = await makeDesk();
  const row = makeRow("Email", "Kept00000001", "kept@example.org");
  await addListRows(actor, { list: "Email", rows: [row] });
  await addListRows(stranger, { list: "Email", rows: [row] });
  const items = await db().deletionListItem.findMany({ where: { workItem: "Kept00000001" } });
  const kept = items.map(({ identifier }) => Buffer.from(identifier).toString("base64"));
  assert.equal(new Set([...kept, row.hash]).size, 3);
  assert.deepEqual(await matchDeletionList(stranger), { users: 0, matched: 0 });
  const { actor: support } = await makeOperator("support", actor);
  for (const asked of [matchDeletionList(support), listItems(support), reportList(support, { which: "last" })])
    await assert.rejects(asked, { code: "forbidden" });
});

test("a file is read by its name and heads; what is not as the State gives it out is told by its row", () => {
  const { hash } = makeRow("Email", "Work00000001", "ada@example.org");
  const read = readListFile("20260801_12345_Email.csv", `\ufeffID,Hash\r\nWork00000001,${hash}\r\n`);
  assert.deepEqual(read, { file: { list: "Email", broker: "12345", rows: [{ id: "Work00000001", hash }] } });
  assert.deepEqual(readListFile("20260801_12345_Phone.csv", "ID,Hash\n"), {
    file: { list: "Phone", broker: "12345", rows: [] },
  });
  const removed = readListFile("20260801_12345_Removed.csv", `ID,Hash,ListType\nWork00000001,${hash},Email\n`);
  assert.ok("file" in removed && removed.file.list === "Removed");
  const problems = [
    ["20260801_12345_MAID.csv", `ID,Hash\nWork00000001,${hash}`, /wrong to answer/],
    ["people.csv", `ID,Hash\nWork00000001,${hash}`, /does not tell which list/],
    ["20260801_12345_Email.csv", `ID\nWork00000001`, /columns ID and Hash/],
    ["20260801_12345_Email.csv", `ID,Hash\nWork00000001,${hash}\nWork00000002,nothing`, /row 3: Hash is no hash/],
    ["20260801_12345_Email.csv", `ID,Hash\nshort,${hash}`, /row 2: ID is no work item id/],
  ] as const;
  for (const [name, text, words] of problems) {
    const refused = readListFile(name, text);
    assert.match("problem" in refused ? refused.problem : "", words);
  }
  assert.equal(writeReport([{ workItem: "Work00000001", code: 5 }]), "Id,Status\r\nWork00000001,5\r\n");
  assert.match(nameReport("12345", "new"), /^\d{8}_12345_Status_new\.csv$/);
});
