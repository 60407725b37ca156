import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { NUMBER, nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { endFiled, type RowResult } from "#lib/privacy/deletion-list/file.ts";
import { hashListed } from "#lib/privacy/deletion-list/hash.ts";
import { matchDeletionList } from "#lib/privacy/deletion-list/match.ts";
import { CODE, selectItems } from "#lib/privacy/deletion-list/queries.ts";
import {
  type AddListRows,
  type confirmOptOutSchema,
  type downloadReportSchema,
  type ListedRow,
  type ReportList,
  reportRowsSchema,
} from "#lib/privacy/deletion-list/schema.ts";
import { generateUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Takes rows of a list in; one that is known already stays as it is, and one that was taken back stays so. The same id for somebody
 * else is refused.
 */
export async function addListRows(actor: Actor, { list, rows }: AddListRows): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const listed = rows.map((row) => ({ ...row, list }));
  return runInTransaction(async (tx) => {
    const added = await insertRows(tx, actor, listed, null);
    if (added.size > 0) await record(tx, actor, { action: "deletion_list.added", data: { rows: added.size } });
    const ids = rows.map(({ id }) => id);
    const kept = await tx.deletionListItem.findMany({ where: { ...ofProject(actor), workItem: { in: ids } } });
    const identifiers = new Map(kept.map(({ workItem, identifier }) => [workItem, Buffer.from(identifier)]));
    return listed.map((row) => {
      const isSame = identifiers.get(row.id)?.equals(hashListed(actor, row.list, row.hash)) ?? false;
      if (!isSame) return { workItem: row.id, outcome: "refused", problem: "This id is known for something else." };
      return { workItem: row.id, outcome: added.has(row.id) ? "added" : "known", problem: null };
    });
  });
}

/** @param removedAt when they were taken back, of rows that nobody here had seen before. @returns the ids that are new. */
async function insertRows(
  tx: Tx,
  actor: Actor,
  rows: readonly ListedRow[],
  removedAt: Date | null,
): Promise<Set<string>> {
  const identifiers = rows.map(({ list, hash }) => hashListed(actor, list, hash).toString("hex"));
  const added = await readRowsIn(tx, { workItem: TEXT })`
    INSERT INTO deletion_list_items (project_uuid, work_item, list, identifier, removed_at)
    SELECT ${actor.projectUuid}::uuid, id, list, decode(hash, 'hex'), ${removedAt}::timestamptz
    FROM unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ list }) => list)}::text[], ${identifiers}::text[])
      AS given (id, list, hash)
    ON CONFLICT DO NOTHING RETURNING work_item AS "workItem"`;
  return new Set(added.map(({ workItem }) => workItem));
}

/**
 * Takes out rows that people have taken back, also those that come only later, and ends what was filed for them where it is not
 * done yet.
 */
export async function removeListRows(actor: Actor, rows: ListedRow[]): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const ids = rows.map(({ id }) => id);
  const removed = await runInTransaction(async (tx) => {
    const unseen = await insertRows(tx, actor, rows, new Date());
    const taken = await readRowsIn(tx, { workItem: TEXT, request: nullable(TEXT) })`
      UPDATE deletion_list_items SET removed_at = now() WHERE ${inProject(actor)} AND work_item = ANY(${ids})
        AND removed_at IS NULL RETURNING work_item AS "workItem", request_uuid AS request`;
    const count = unseen.size + taken.length;
    if (count > 0) await record(tx, actor, { action: "deletion_list.removed", data: { rows: count } });
    return new Map([
      ...[...unseen].map((id) => [id, null] as const),
      ...taken.map((row) => [row.workItem, row.request] as const),
    ]);
  });
  const results: RowResult[] = [];
  for (const id of ids) {
    const request = removed.get(id) ?? null;
    const problem = request === null ? null : await endFiled(actor, request);
    results.push({ workItem: id, outcome: removed.has(id) ? "removed" : "known", problem });
  }
  return results;
}

/**
 * Says that all who share an identifier were opted out of the sale and sharing of their data, which is what the law asks where it
 * cannot be told who of them is meant. Whoever comes to share it later is not meant by that.
 * @throws AppError `conflict` where not as many share it as were shown.
 */
export async function confirmOptOut(
  actor: Actor,
  { workItem, people }: z.infer<typeof confirmOptOutSchema>,
): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    const shared = await readRowsIn(tx, { people: NUMBER })`
      SELECT people FROM (${selectItems(actor)}) i WHERE state = 'shared' AND work_item = ${workItem}`;
    const data = { optedOutAt: new Date(), optedOutBy: operator };
    const { count } = await tx.deletionListMatch.updateMany({ where: { ...ofProject(actor), workItem }, data });
    if (shared[0]?.people !== people || count !== people)
      throw new AppError("conflict", "Not as many people share this any more. Reload to see how it stands.");
    await record(tx, actor, { action: "deletion_list.opted_out" });
  });
}

export interface ListReport {
  rows: { workItem: string; code: number }[];
}

const WHICH: Record<ReportList["which"], Prisma.Sql> = {
  new: Prisma.sql`reported_code IS NULL`,
  changed: Prisma.sql`reported_code <> ${CODE}`,
};

/**
 * What the State is to be told, by the ids that it gave: of whom it was told nothing yet, or of whom something else is so by now. Everybody
 * is compared first, so that it is so now. That it was told is kept, and can be had again.
 * @throws AppError `conflict` where there is nothing to tell, or while somebody else compares.
 */
export async function reportList(actor: Actor, { which }: ReportList): Promise<ListReport> {
  const { at } = await matchDeletionList(actor, { pulled: false });
  return runInTransaction(async (tx) => {
    // Of two reports at once the second one tells what the first has not.
    await tx.$executeRaw`SELECT FROM projects WHERE uuid = ${actor.projectUuid}::uuid FOR NO KEY UPDATE`;
    const rows = await readRowsIn(tx, { workItem: TEXT, code: NUMBER })`
      UPDATE deletion_list_items d SET reported_code = i.code
      FROM (SELECT work_item, ${CODE} AS code FROM (${selectItems(actor)}) s WHERE ${CODE} IS NOT NULL AND ${WHICH[which]}) i
      WHERE ${inProject(actor, "d")} AND d.work_item = i.work_item AND d.compared_at >= ${at}
      RETURNING d.work_item AS "workItem", i.code`;
    if (rows.length === 0) throw new AppError("conflict", "There is nothing to tell.");
    await tx.deletionListRun.create({ data: { ...ofProject(actor), uuid: generateUuid(), kind: "report", rows } });
    await record(tx, actor, { action: "deletion_list.reported", data: { rows: rows.length } });
    return { rows };
  });
}

/** A report that was made before, as it was. @throws AppError `not_found`. */
export async function downloadReport(
  actor: Actor,
  { report }: z.infer<typeof downloadReportSchema>,
): Promise<ListReport> {
  authorize(actor, "requests:work");
  const found = await db().deletionListRun.findUnique({ where: byUuid(actor, report), select: { rows: true } });
  if (!found) throw new AppError("not_found", "There is no such report.");
  return { rows: reportRowsSchema.parse(found.rows) };
}
