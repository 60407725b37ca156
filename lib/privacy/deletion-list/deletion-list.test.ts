import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { fileMatched } from "#lib/privacy/deletion-list/file.ts";
import { hashForState } from "#lib/privacy/deletion-list/hash.ts";
import { matchDeletionList } from "#lib/privacy/deletion-list/match.ts";
import {
  addListRows,
  confirmOptOut,
  downloadReport,
  removeListRows,
  reportList,
} from "#lib/privacy/deletion-list/mutations.ts";
import { getListFigures, listItems, listReports } from "#lib/privacy/deletion-list/queries.ts";
import { nameReport, readListFile, writeReport } from "#lib/privacy/deletion-list/schema.ts";
import type { DeletionList } from "#lib/privacy/deletion-list/terms.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { placeHold } from "#lib/privacy/holds/mutations.ts";
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

/** Takes addresses in, each under an id of its own. */
function addAddresses(actor: Actor, addresses: Record<string, string>) {
  return addListRows(actor, {
    list: "Email",
    rows: Object.entries(addresses).map(([id, address]) => makeRow("Email", id, address)),
  });
}

const compare = (actor: Actor) => matchDeletionList(actor, { pulled: false });

/** How it stands with each row, by its id. */
async function readStates(actor: Actor): Promise<Record<string, string>> {
  return Object.fromEntries((await listItems(actor)).map(({ workItem, state }) => [workItem, state]));
}

/** What the State is told, by the ids. */
async function readReport(actor: Actor, which: "new" | "changed" = "new"): Promise<Record<string, number>> {
  const { rows } = await reportList(actor, { which });
  return Object.fromEntries(rows.map(({ workItem, code }) => [workItem, code]));
}

async function findRequest(actor: Actor, workItem: string) {
  const item = await db().deletionListItem.findFirstOrThrow({ where: { ...ofProject(actor), workItem } });
  return readRequest(actor, item.requestUuid ?? "");
}

async function performAll(): Promise<void> {
  do await provePendingReceipts({ atOnce: true });
  while ((await performDueRequests()) > 0);
}

/** Works on the request of a row until its receipt is confirmed. */
async function completeErasure(actor: Actor, workItem: string): Promise<void> {
  await submitRequest(actor, (await findRequest(actor, workItem)).seen);
  await performAll();
}

function isThere(actor: Actor, uuid: string): Promise<number> {
  return db().user.count({ where: { ...ofProject(actor), uuid } });
}

test("addresses and telephone numbers are hashed as the State does it", () => {
  // Values that others have published for the platform, checked with openssl.
  assert.equal(hashForState("Phone", "+1(415)555-9317"), "vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E=");
  assert.equal(hashForState("Phone", "+84(90)123 4567"), "ptzVkgbv9DonwvPCHmXmJ2SEOaolSh37z3ZzY/Gmm+U=");
  assert.equal(hashForState("Email", "  John@OZVEL.com "), "/PMxDhzUdSSWIPVXxwaZELjuRTNR6e64pzPAZM/dx7s=");
  assert.equal(hashForState("Phone", "(415) 555-9317 ext. 12"), hashForState("Phone", "+1(415)555-9317"));
  assert.equal(hashForState("Phone", "none"), null);
});

test("from the State's file to its answer: deleted, exempted, shared and opted out, not found, and what changes later", async () => {
  const actor = await makeDesk();
  const deleted = await makeUser(actor, { email: "Deleted@Example.org" });
  await makeUser(actor, { email: "exempt@example.org" });
  await makeUser(actor, { email: "shared@example.org" });
  await makeUser(actor, { email: "shared@example.org" });
  const addresses = {
    Deleted00001: "deleted@example.org",
    Exempted0001: "exempt@example.org",
    Shared000001: "shared@example.org",
    NotFound0001: "later@example.org",
  };
  await addAddresses(actor, addresses);
  assert.deepEqual(
    (await addAddresses(actor, addresses)).map(({ outcome }) => outcome),
    Array(4).fill("known"),
  );
  const [other] = await addAddresses(actor, { Deleted00001: "somebody.else@example.org" });
  assert.deepEqual([other?.outcome, other?.problem], ["refused", "This id is known for something else."]);
  const { users, matched } = await compare(actor);
  assert.deepEqual([users, matched], [4, 3]);
  assert.deepEqual(await readStates(actor), {
    Deleted00001: "matched",
    Exempted0001: "matched",
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
  assert.deepEqual(await readReport(actor), { NotFound0001: 5 });

  await completeErasure(actor, "Deleted00001");
  await refuseRequest(actor, { ...(await findRequest(actor, "Exempted0001")).seen, ground: "legal_obligation" });
  await assert.rejects(confirmOptOut(actor, { workItem: "Shared000001", people: 3 }), { code: "conflict" });
  await confirmOptOut(actor, { workItem: "Shared000001", people: 2 });
  await assert.rejects(confirmOptOut(actor, { workItem: "NotFound0001", people: 0 }), { code: "conflict" });
  const told = { Deleted00001: 3, Exempted0001: 2, Shared000001: 4 };
  assert.deepEqual(await readReport(actor), told);
  await assert.rejects(readReport(actor), { code: "conflict" });
  const [last, first] = await listReports(actor);
  assert.deepEqual([first?.rows, last?.rows], [1, 3]);
  const { rows } = await downloadReport(actor, { report: last?.uuid ?? "" });
  assert.deepEqual(Object.fromEntries(rows.map(({ workItem, code }) => [workItem, code])), told);
  assert.equal(await isThere(actor, deleted.uuid), 0);

  // Whoever is added later is found: what the State was told is changed once they are deleted.
  await makeUser(actor, { email: "LATER@example.org" });
  await assert.rejects(readReport(actor, "changed"), { code: "conflict" });
  assert.equal((await readStates(actor)).NotFound0001, "matched");
  await fileMatched(actor, ["NotFound0001"]);
  await completeErasure(actor, "NotFound0001");
  assert.deepEqual(await readReport(actor, "changed"), { NotFound0001: 3 });
  const figures = await getListFigures(actor);
  assert.deepEqual([figures.total, figures.unreported, figures.changed], [4, 0, 0]);
});

test("somebody on two lists is erased once and told as deleted on both, whoever erases them", async () => {
  const actor = await makeDesk();
  const phone = { list: "Phone" as const, rows: [makeRow("Phone", "Phone0000001", "4155559317")] };
  const { uuid } = await makeUser(actor, {
    email: "two@example.org",
    metadata: { contact: { mobile: ["+1 (415) 555-9317"] } },
  });
  await addAddresses(actor, { Email0000001: "two@example.org" });
  await addListRows(actor, phone);
  await compare(actor);
  const filed = await fileMatched(actor, ["Email0000001", "Phone0000001"]);
  assert.deepEqual(
    filed.map(({ outcome, problem }) => [outcome, problem]),
    [
      ["filed", null],
      ["filed", null],
    ],
  );
  assert.equal(await db().privacyRequest.count({ where: ofProject(actor) }), 1);
  await submitRequest(actor, (await findRequest(actor, "Email0000001")).seen);
  await performDueRequests();
  assert.equal(await isThere(actor, uuid), 0);
  await assert.rejects(readReport(actor), { code: "conflict" }, "nothing is proved yet");
  await performAll();
  assert.deepEqual(await readReport(actor), { Email0000001: 3, Phone0000001: 3 });

  const { userId } = await makeUser(actor, { userId: "by.id@example.org" });
  await addAddresses(actor, { ByUserId0001: "by.id@example.org" });
  await compare(actor);
  await eraseUserById(actor, userId);
  await performAll();
  assert.deepEqual(await readReport(actor), { ByUserId0001: 3 });
});

test("nobody is told as exempted, or opted out, because somebody else was", async () => {
  const actor = await makeDesk();
  const { userId: exempt } = await makeUser(actor, { email: "turn@example.org" });
  await addAddresses(actor, { Turn00000001: "turn@example.org", Share0000001: "pair@example.org" });
  const pair = [
    await makeUser(actor, { email: "pair@example.org" }),
    await makeUser(actor, { email: "pair@example.org" }),
  ];
  await compare(actor);
  await fileMatched(actor, ["Turn00000001"]);
  await refuseRequest(actor, { ...(await findRequest(actor, "Turn00000001")).seen, ground: "not_verified" });
  assert.equal((await readStates(actor)).Turn00000001, "matched", "that is no exemption");
  await fileMatched(actor, ["Turn00000001"]);
  await refuseRequest(actor, { ...(await findRequest(actor, "Turn00000001")).seen, ground: "legal_claims" });
  assert.equal((await readStates(actor)).Turn00000001, "exempted");
  await confirmOptOut(actor, { workItem: "Share0000001", people: 2 });

  await eraseUserById(actor, exempt);
  await makeUser(actor, { email: "turn@example.org" });
  await makeUser(actor, { email: "pair@example.org" });
  await compare(actor);
  assert.deepEqual(await readStates(actor), { Turn00000001: "matched", Share0000001: "shared" });
  for (const { userId } of pair) await eraseUserById(actor, userId);
  assert.equal((await readStates(actor)).Share0000001, "matched");
});

test("a match that is no more is not filed, and nothing is told that was not compared", async () => {
  const actor = await makeDesk();
  const moved = await makeUser(actor, { email: "moved@example.org" });
  await makeUser(actor, { email: "joined@example.org" });
  await addAddresses(actor, { Moved0000001: "moved@example.org", Joined000001: "joined@example.org" });
  await compare(actor);
  await db().user.updateMany({
    where: { ...ofProject(actor), uuid: moved.uuid },
    data: { email: "elsewhere@example.org" },
  });
  await makeUser(actor, { email: "Joined@example.org" });
  const refused = await fileMatched(actor, ["Moved0000001", "Joined000001"]);
  assert.deepEqual(
    refused.map(({ problem }) => problem),
    ["They are reached by something else by now. Compare again.", "Several people share it by now. Compare again."],
  );
  await db().deletionListItem.updateMany({
    where: ofProject(actor),
    data: { comparedAt: new Date(Date.now() - 2 * 3_600_000) },
  });
  const [old] = await fileMatched(actor, ["Moved0000001"]);
  assert.match(old?.problem ?? "", /too old/);
  await addAddresses(actor, { Unseen000001: "unseen@example.org" });
  assert.equal((await readStates(actor)).Unseen000001, "unmatched");
  await makeUser(actor, { email: "unseen@example.org" });
  assert.deepEqual(await readReport(actor), { Moved0000001: 5 });
  assert.deepEqual(await readStates(actor), {
    Moved0000001: "not_found",
    Joined000001: "shared",
    Unseen000001: "matched",
  });
  const reports = await Promise.allSettled([readReport(actor), readReport(actor)]);
  assert.ok(reports.every(({ status }) => status === "rejected"));
});

test("who has taken it back is not deleted, before, after or while it is filed, and is told to nobody", async () => {
  const actor = await makeDesk();
  const person = await makeUser(actor, { email: "back@example.org" });
  const row = { ...makeRow("Email", "TakenBack001", "back@example.org"), list: "Email" as const };
  await addAddresses(actor, { TakenBack001: "back@example.org" });
  await compare(actor);
  await fileMatched(actor, ["TakenBack001"]);
  assert.deepEqual(await removeListRows(actor, [row]), [
    { workItem: "TakenBack001", outcome: "removed", problem: null },
  ]);
  assert.equal((await findRequest(actor, "TakenBack001")).state, "withdrawn");
  await compare(actor);
  assert.equal((await readStates(actor)).TakenBack001, "removed");
  assert.equal((await fileMatched(actor, ["TakenBack001"]))[0]?.outcome, "refused");
  await assert.rejects(readReport(actor), { code: "conflict" });

  // The file of those who have taken it back may be taken in first.
  const early = await makeUser(actor, { email: "early@example.org" });
  await removeListRows(actor, [{ ...makeRow("Email", "Early0000001", "early@example.org"), list: "Email" }]);
  await addAddresses(actor, { Early0000001: "early@example.org" });
  await compare(actor);
  assert.equal((await readStates(actor)).Early0000001, "removed");

  const held = await makeUser(actor, { email: "held@example.org" });
  const racing = Object.fromEntries(
    Array.from({ length: 16 }, (_, index) => [`Racing${String(index).padStart(6, "0")}`, `racing${index}@example.org`]),
  );
  await addAddresses(actor, { HeldBack0001: "held@example.org", ...racing });
  const racers = await Promise.all(Object.values(racing).map((email) => makeUser(actor, { email })));
  await compare(actor);
  await fileMatched(actor, ["HeldBack0001"]);
  await placeHold(actor, { userId: held.userId, sessionId: "", matter: "Smith against Acme", reviewAt: "2030-01-31" });
  await completeErasure(actor, "HeldBack0001");
  assert.equal((await findRequest(actor, "HeldBack0001")).state, "blocked_by_hold");
  const raced = Object.entries(racing).map(([id, email]) => ({
    ...makeRow("Email", id, email),
    list: "Email" as const,
  }));
  const stopped = { ...makeRow("Email", "HeldBack0001", "held@example.org"), list: "Email" as const };
  await removeListRows(actor, [stopped]);
  // Each is taken back a little later into its filing than the one before.
  for (const [index, row] of raced.entries()) {
    const filing = fileMatched(actor, [row.id]);
    await setTimeout(index * 3);
    await Promise.all([filing, removeListRows(actor, [row])]);
  }
  assert.equal((await findRequest(actor, "HeldBack0001")).state, "cancelled");
  const open = await db().privacyRequest.count({ where: { ...ofProject(actor), closedAt: null } });
  assert.equal(open, 0);
  for (const { uuid } of [person, early, held, ...racers]) assert.equal(await isThere(actor, uuid), 1);
});

test("of two who file the same at once one does; whose erasure is under way already is settled with that", async () => {
  const actor = await makeDesk();
  await makeUser(actor, { email: "again@example.org" });
  await addAddresses(actor, { Again0000001: "again@example.org" });
  await compare(actor);
  const both = await Promise.all([fileMatched(actor, ["Again0000001"]), fileMatched(actor, ["Again0000001"])]);
  assert.ok(both.flat().some(({ outcome }) => outcome === "filed"));
  assert.equal(await db().privacyRequest.count({ where: ofProject(actor) }), 1);
  assert.equal((await findRequest(actor, "Again0000001")).state, "in_review");

  const { userId: busy } = await makeUser(actor, { email: "busy@example.org" });
  const first = await fileFor(actor, busy);
  await attestRequest(actor, (await readRequest(actor, first)).seen);
  await addAddresses(actor, { Busy00000001: "busy@example.org" });
  await compare(actor);
  assert.deepEqual(await fileMatched(actor, ["Busy00000001"]), [
    { workItem: "Busy00000001", outcome: "filed", problem: null },
  ]);
  assert.equal(await db().privacyRequest.count({ where: ofProject(actor) }), 2);
  assert.equal((await readStates(actor)).Busy00000001, "in_progress");
  // What somebody else asked for is not taken back with the row.
  await removeListRows(actor, [{ ...makeRow("Email", "Busy00000001", "busy@example.org"), list: "Email" }]);
  assert.equal((await readRequest(actor, first)).state, "in_review");
});

test("nothing of an address is kept, neither itself nor its hash, and the list is of one project", async () => {
  const actor = await makeDesk();
  const stranger = await makeDesk();
  await addAddresses(actor, { Kept00000001: "kept@example.org" });
  await addAddresses(stranger, { Kept00000001: "kept@example.org" });
  const items = await db().deletionListItem.findMany({ where: { workItem: "Kept00000001" } });
  const kept = items.map(({ identifier }) => Buffer.from(identifier).toString("base64"));
  assert.equal(new Set([...kept, hashForState("Email", "kept@example.org")]).size, 3);
  await makeUser(actor, { email: "kept@example.org" });
  await matchDeletionList(actor, { pulled: true });
  await compare(stranger);
  assert.deepEqual(
    [await readStates(actor), await readStates(stranger)],
    [{ Kept00000001: "matched" }, { Kept00000001: "not_found" }],
  );
  assert.ok((await getListFigures(actor)).lastPulledAt);
  assert.equal((await getListFigures(stranger)).lastPulledAt, null);
  const { actor: support } = await makeOperator("support", actor);
  for (const asked of [compare(support), listItems(support), reportList(support, { which: "new" })])
    await assert.rejects(asked, { code: "forbidden" });
});

test("a file is read by its name and heads; what is not as the State gives it out is told by its row", () => {
  const { hash } = makeRow("Email", "Work00000001", "ada@example.org");
  const read = readListFile("20260801_12345_Email.csv", `\ufeffID,Hash\r\nWork00000001,${hash}\r\n`);
  assert.deepEqual(read, {
    file: { kind: "Email", broker: "12345", rows: [{ id: "Work00000001", hash, list: "Email" }] },
  });
  assert.deepEqual(readListFile("20260801_12345_Phone.csv", "ID,Hash\n"), {
    file: { kind: "Phone", broker: "12345", rows: [] },
  });
  const removed = readListFile(
    "20260801_12345_Removed.csv",
    `ID,Hash,ListType\nWork00000001,${hash},Email\nWork00000002,${hash},MAID\n`,
  );
  assert.deepEqual("file" in removed && removed.file, {
    kind: "Removed",
    broker: "12345",
    rows: [{ id: "Work00000001", hash, list: "Email" }],
  });
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
