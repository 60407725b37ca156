import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { changePolicy } from "#lib/privacy/policy/mutations.ts";
import { refuseRequest, withdrawRequest } from "#lib/privacy/requests/decide.ts";
import { answerRequest, closeUnknown } from "#lib/privacy/requests/fulfil.ts";
import { getRequestReport } from "#lib/privacy/requests/report/queries.ts";
import { attestRequest, holdRequest, resumeRequest } from "#lib/privacy/requests/review.ts";
import type { Law, RequestType } from "#lib/privacy/requests/terms.ts";
import { makeOperator } from "#prisma/factories.ts";
import { fileFor, readRequest } from "#prisma/request-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const DAY = 86_400_000;

async function makeDesk(timeZone = "UTC") {
  const { actor: admin } = await makeOperator("admin");
  await changePolicy(admin, { timeZone, restDays: [], graceHours: 0, approvalsRequired: 0 });
  return admin;
}

async function fileAt(
  actor: Actor,
  receivedAt: Date | string,
  { type = "access", law = "gdpr" }: { type?: RequestType; law?: Law } = {},
) {
  return fileFor(actor, `nobody-${crypto.randomUUID()}`, { type, law, receivedAt: new Date(receivedAt) });
}

/** Closed because nobody is known, and told so. */
async function answerUnknown(actor: Actor, request: string) {
  await attestRequest(actor, (await readRequest(actor, request)).seen);
  await closeUnknown(actor, (await readRequest(actor, request)).seen);
  await answerRequest(actor, (await readRequest(actor, request)).seen);
  const { answeredAt, receivedAt } = await readRequest(actor, request);
  assert.ok(answeredAt);
  return (answeredAt.getTime() - receivedAt.getTime()) / DAY;
}

test("the figures of a right are its own counts, and its days run from arrival to answer over those who were told", async () => {
  const actor = await makeDesk();
  const days: number[] = [];
  for (const received of ["2024-03-10T10:00Z", "2024-03-20T10:00Z", "2024-11-01T10:00Z"])
    days.push(await answerUnknown(actor, await fileAt(actor, received)));
  const refused = await fileAt(actor, "2024-05-02T10:00Z");
  await refuseRequest(actor, { ...(await readRequest(actor, refused)).seen, ground: "unfounded" });
  const withdrawn = await fileAt(actor, "2024-05-03T10:00Z");
  await withdrawRequest(actor, { ...(await readRequest(actor, withdrawn)).seen, reason: "taken back" });
  await fileAt(actor, "2024-05-04T10:00Z");
  await fileAt(actor, "2024-06-01T10:00Z", { type: "erasure", law: "ccpa" });
  const { year, rights } = await getRequestReport(actor, { year: 2024 });
  assert.equal(year, 2024);
  const [first, second, ...more] = rights;
  assert.deepEqual(more, []);
  assert.ok(first && second);
  const { medianDays, meanDays, ...counts } = first;
  assert.deepEqual(counts, {
    ...{ law: "gdpr", type: "access", received: 6, complied: 0, partly: 0, denied: 1, nobodyKnown: 3 },
    // Told after years, or never told: all but the one who took it back.
    ...{ ended: 1, open: 1, extended: 0, late: 5 },
  });
  const [, middle = 0] = days.toSorted((one, other) => one - other);
  assert.ok(Math.abs((medianDays ?? 0) - middle) < 1e-6);
  assert.ok(Math.abs((meanDays ?? 0) - days.reduce((sum, day) => sum + day, 0) / 3) < 1e-6);
  assert.deepEqual(
    [second.law, second.type, second.received, second.open, second.medianDays, second.meanDays],
    ["ccpa", "erasure", 1, 1, null, null],
  );
});

test("every request of a year is in one month and stands in one way with its clock", async () => {
  const actor = await makeDesk();
  await answerUnknown(actor, await fileAt(actor, "2024-02-29T10:00Z"));
  const withdrawn = await fileAt(actor, "2024-02-10T10:00Z");
  await withdrawRequest(actor, { ...(await readRequest(actor, withdrawn)).seen, reason: "taken back" });
  const past = await getRequestReport(actor, { year: 2024 });
  assert.deepEqual(past.months[1], { month: 2, inTime: 0, late: 1, running: 0, ended: 1 });
  assert.equal(
    past.months.reduce((sum, { inTime, late, running, ended }) => sum + inTime + late + running + ended, 0),
    2,
  );
  await answerUnknown(actor, await fileAt(actor, new Date()));
  await fileAt(actor, new Date());
  const present = await getRequestReport(actor, { year: null });
  const sum = (key: "inTime" | "running" | "late") => present.months.reduce((total, month) => total + month[key], 0);
  assert.deepEqual([sum("inTime"), sum("running"), sum("late")], [1, 1, 0]);
});

test("a year begins where the team works", async () => {
  const moment = "2024-12-31T23:30Z";
  for (const [timeZone, expected] of [
    ["UTC", 2024],
    ["Europe/Berlin", 2025],
  ] as const) {
    const actor = await makeDesk(timeZone);
    await fileAt(actor, moment);
    for (const year of [2024, 2025])
      assert.equal((await getRequestReport(actor, { year })).rights.length, year === expected ? 1 : 0, timeZone);
    const { years } = await getRequestReport(actor, { year: null });
    assert.equal(years.at(-1), Math.min(expected, 2025));
  }
});

test("stages are told by those who left them, and the clocks of what is open now by what is left of them", async () => {
  const actor = await makeDesk();
  await answerUnknown(actor, await fileAt(actor, new Date()));
  const held = await fileAt(actor, new Date());
  await attestRequest(actor, (await readRequest(actor, held)).seen);
  await holdRequest(actor, { ...(await readRequest(actor, held)).seen, reason: "which account" });
  const before = await getRequestReport(actor, { year: null });
  assert.deepEqual(
    before.stages.map(({ state, left }) => [state, left]),
    [
      ["received", 2],
      ["verified", 2],
      ["in_review", 2],
    ],
  );
  assert.deepEqual(before.clocks, { halfOrMore: 0, quarterOrMore: 0, less: 0, overdue: 0, stopped: 1 });
  await resumeRequest(actor, (await readRequest(actor, held)).seen);
  await fileAt(actor, new Date(Date.now() - 20 * DAY));
  await fileAt(actor, new Date(Date.now() - 27 * DAY));
  await fileAt(actor, new Date(Date.now() - 60 * DAY));
  const { clocks, stages } = await getRequestReport(actor, { year: null });
  assert.equal(stages.find(({ state }) => state === "on_hold")?.left, 1);
  assert.deepEqual(clocks, { halfOrMore: 1, quarterOrMore: 1, less: 1, overdue: 1, stopped: 0 });
});

test("reports are of one project and for those who work on requests", async () => {
  const actor = await makeDesk();
  await fileAt(actor, new Date());
  const other = await makeDesk();
  assert.deepEqual((await getRequestReport(other, { year: null })).rights, []);
  const { actor: support } = await makeOperator("support", actor);
  await assert.rejects(getRequestReport(support, { year: null }), { code: "forbidden" });
});
