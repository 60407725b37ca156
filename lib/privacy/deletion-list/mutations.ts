import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { NUMBER, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { hashListed } from "#lib/privacy/deletion-list/hash.ts";
import { CODE, selectItems } from "#lib/privacy/deletion-list/queries.ts";
import type { AddListRows, confirmOptOutSchema, ReportList } from "#lib/privacy/deletion-list/schema.ts";
import { withdrawRequest } from "#lib/privacy/requests/decide.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import { attestRequest } from "#lib/privacy/requests/review.ts";
import type { RequestType } from "#lib/privacy/requests/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What became of a row of a file of the State. */
export interface RowResult {
  workItem: string;
  outcome: "added" | "known" | "removed" | "filed" | "refused";
  /** Why it is refused, or what is left to do. */
  problem: string | null;
}

/** Takes rows of a list in; one that is known already stays as it is, and one that was taken back once stays so. */
export async function addListRows(actor: Actor, { list, rows }: AddListRows): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const identifiers = rows.map(({ hash }) => hashListed(actor, list, hash).toString("hex"));
  return runInTransaction(async (tx) => {
    const added = await readRowsIn(tx, { workItem: TEXT })`
      INSERT INTO deletion_list_items (project_uuid, work_item, list, identifier)
      SELECT ${actor.projectUuid}::uuid, id, ${list}, decode(hash, 'hex')
      FROM unnest(${rows.map(({ id }) => id)}::text[], ${identifiers}::text[]) AS given (id, hash)
      ON CONFLICT DO NOTHING RETURNING work_item AS "workItem"`;
    const fresh = new Set(added.map(({ workItem }) => workItem));
    if (fresh.size > 0) await record(tx, actor, { action: "deletion_list.added", data: { rows: fresh.size } });
    return rows.map(({ id }) => ({ workItem: id, outcome: fresh.has(id) ? "added" : "known", problem: null }));
  });
}

const TAKEN_BACK = "The person has taken it back on the State's platform.";

/** Takes out rows that people have taken back, and withdraws what was filed for them where it is not done yet. */
export async function removeListRows(actor: Actor, workItems: string[]): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const results: RowResult[] = [];
  for (const workItem of workItems) {
    const problem = await withdrawFiled(actor, workItem);
    const { count } = await runInTransaction(async (tx) => {
      const where = { ...ofProject(actor), workItem, removedAt: null };
      const removed = await tx.deletionListItem.updateMany({ where, data: { removedAt: new Date() } });
      if (removed.count > 0)
        await record(tx, actor, { action: "deletion_list.removed", data: { rows: removed.count } });
      return removed;
    });
    results.push({ workItem, outcome: count > 0 ? "removed" : "known", problem });
  }
  return results;
}

/** @returns why what was filed goes on; null where nothing does. */
async function withdrawFiled(actor: Actor, workItem: string): Promise<string | null> {
  const item = await db().deletionListItem.findUnique({
    where: placeOf(actor, workItem),
    select: { requestUuid: true },
  });
  if (!item?.requestUuid) return null;
  const request = await db().privacyRequest.findFirst({
    where: { ...ofProject(actor), uuid: item.requestUuid, closedAt: null },
    select: { uuid: true, version: true },
  });
  if (!request) return null;
  const seen = { request: request.uuid, version: request.version };
  return withdrawRequest(actor, { ...seen, reason: TAKEN_BACK }).then(() => null, describeRefusal);
}

/**
 * Files the erasure of whoever one row alone matches, as verified: the State has made sure who asks, and nobody may ask again. From
 * then on it is a request like any other, and what is answered follows from how it ends.
 * @returns of each row what became of it; one that is refused stops no other.
 */
export async function fileMatched(actor: Actor, workItems: string[]): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const matched = await readRowsIn(db(), { workItem: TEXT, userId: TEXT, filings: NUMBER, received: TEXT })`
    SELECT i.work_item AS "workItem", u.user_id AS "userId", i.filings, i.added_at::text AS received
    FROM (${selectItems(actor)}) i
    JOIN deletion_list_matches m ON ${inProject(actor, "m")} AND m.work_item = i.work_item
    JOIN users u ON ${inProject(actor, "u")} AND u.uuid = m.user_uuid
    WHERE i.state = 'matched' AND i.work_item = ANY(${workItems})`;
  const known = new Map(matched.map((row) => [row.workItem, row]));
  const results: RowResult[] = [];
  for (const workItem of workItems) {
    const row = known.get(workItem);
    const problem = row
      ? await fileOne(actor, row).catch(describeRefusal)
      : "It matches nobody any more, or a request is under way.";
    results.push({ workItem, outcome: problem === null ? "filed" : "refused", problem });
  }
  return results;
}

const ASKED = { type: "erasure" satisfies RequestType, law: "delete_act", channel: "csv", contact: "" } as const;

async function fileOne(
  actor: Actor,
  { workItem, userId, filings, received }: { workItem: string; userId: string; filings: number; received: string },
): Promise<null> {
  const externalRef = filings === 0 ? workItem : `${workItem}/${filings}`;
  const place = { identifier: userId, receivedAt: new Date(received), externalRef, keepsOut: true };
  const { request } = await fileRequest(actor, { ...ASKED, ...place });
  const { count } = await db().deletionListItem.updateMany({
    where: { ...ofProject(actor), workItem, filings },
    data: { requestUuid: request, filings: filings + 1 },
  });
  // Somebody has filed it at the same moment, as the same request, and goes on with it.
  if (count > 0) await attestRequest(actor, { request, version: 1 });
  return null;
}

function describeRefusal(error: unknown): string {
  if (!(error instanceof AppError)) throw error;
  const { message, fields } = toFailure(error);
  return Object.values(fields)[0] ?? message;
}

/**
 * Says that all who share an identifier were opted out of the sale and sharing of their data, which is what the law asks where it
 * cannot be told who of them is meant. @throws AppError `conflict` where not several share it.
 */
export async function confirmOptOut(actor: Actor, { workItem }: z.infer<typeof confirmOptOutSchema>): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    const shared = await readRowsIn(tx, { workItem: TEXT })`
      SELECT work_item AS "workItem" FROM (${selectItems(actor)}) i WHERE state = 'shared' AND work_item = ${workItem}`;
    if (shared.length === 0) throw new AppError("conflict", "Not several people share this any more.");
    const data = { optedOutAt: new Date(), optedOutBy: operator };
    await tx.deletionListItem.update({ where: placeOf(actor, workItem), data });
    await record(tx, actor, { action: "deletion_list.opted_out" });
  });
}

export interface ListReport {
  rows: { workItem: string; code: number }[];
}

const WHICH: Record<ReportList["which"], Prisma.Sql> = {
  new: Prisma.sql`reported_code IS NULL`,
  changed: Prisma.sql`reported_code <> ${CODE}`,
  last: Prisma.sql`FALSE`,
};

/**
 * What the State is to be told, by the ids that it gave: of whom it was told nothing yet, or of whom something else is so by now. That
 * it was told is noted with this; the last report can be had once more. @throws AppError `conflict` where there is nothing to tell.
 */
export async function reportList(actor: Actor, { which }: ReportList): Promise<ListReport> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  return runInTransaction(async (tx) => {
    const rows = which === "last" ? await readLastReport(tx, actor) : await noteReport(tx, actor, WHICH[which]);
    if (rows.length === 0) throw new AppError("conflict", "There is nothing to tell.");
    await record(tx, actor, { action: "deletion_list.reported", data: { rows: rows.length } });
    return { rows };
  });
}

const REPORT_SHAPE = { workItem: TEXT, code: NUMBER };

function readLastReport(tx: Tx, actor: Actor) {
  return readRowsIn(tx, REPORT_SHAPE)`
    SELECT work_item AS "workItem", reported_code AS code FROM deletion_list_items WHERE ${inProject(actor)}
      AND reported_at = (SELECT max(reported_at) FROM deletion_list_items WHERE ${inProject(actor)}) ORDER BY work_item`;
}

function noteReport(tx: Tx, actor: Actor, which: Prisma.Sql) {
  return readRowsIn(tx, REPORT_SHAPE)`
    UPDATE deletion_list_items d SET reported_code = i.code, reported_at = now()
    FROM (SELECT work_item, ${CODE} AS code FROM (${selectItems(actor)}) s WHERE ${CODE} IS NOT NULL AND ${which}) i
    WHERE ${inProject(actor, "d")} AND d.work_item = i.work_item RETURNING d.work_item AS "workItem", i.code`;
}

function placeOf(actor: Actor, workItem: string) {
  return { projectUuid_workItem: { ...ofProject(actor), workItem } };
}
