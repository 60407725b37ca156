import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { runMaintenanceAlone } from "#lib/db/maintenance.ts";
import { METADATA, nullable, readRows, TEXT } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { listReachedHashes } from "#lib/privacy/deletion-list/reached.ts";
import type { MatchList } from "#lib/privacy/deletion-list/schema.ts";
import { readByUuid } from "#lib/read-by-uuid.ts";
import { generateUuid } from "#lib/uuid.ts";

/** So many people are read at once. */
const PAGE = 5_000;

/** Any number will do; of all processes one compares at a time, so that none writes over what a later one has found. */
const COMPARE_LOCK = 7_203_122;

/** What a comparison came to. */
export interface Comparison {
  users: number;
  /** How many rows match somebody. */
  matched: number;
  /** When it began: whoever was added since may have been missed. */
  at: Date;
}

/**
 * Compares everybody with everything on the lists, those who have taken it back left out: what matched before and does no more is
 * dropped, and whoever was added since is found. @throws AppError `conflict` while somebody else is comparing.
 */
export async function matchDeletionList(actor: Actor, { pulled }: MatchList): Promise<Comparison> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const compared = await runMaintenanceAlone(COMPARE_LOCK, () => compareAll(actor, pulled));
  if (!compared) throw new AppError("conflict", "Somebody else is comparing at this moment. Try again in a minute.");
  return compared;
}

interface Match {
  workItem: string;
  userUuid: string;
}

async function compareAll(actor: Actor, pulled: boolean): Promise<Comparison> {
  const at = new Date();
  const listed = await readListed(actor);
  const matches: Match[] = [];
  let users = 0;
  for await (const { uuid, ...person } of readReached(actor)) {
    users += 1;
    for (const hash of listReachedHashes(actor, person))
      for (const workItem of listed.get(hash) ?? []) matches.push({ workItem, userUuid: uuid });
  }
  await runInTransaction(async (tx) => {
    const [items, people] = [matches.map(({ workItem }) => workItem), matches.map(({ userUuid }) => userUuid)];
    await tx.$executeRaw`
      DELETE FROM deletion_list_matches m WHERE ${inProject(actor, "m")} AND NOT EXISTS (
        SELECT FROM unnest(${items}::text[], ${people}::uuid[]) AS found (work_item, user_uuid)
        WHERE found.work_item = m.work_item AND found.user_uuid = m.user_uuid)`;
    // Whoever was deleted meanwhile matches nothing.
    await tx.$executeRaw`
      INSERT INTO deletion_list_matches (project_uuid, work_item, user_uuid)
      SELECT ${actor.projectUuid}::uuid, found.work_item, u.uuid
      FROM unnest(${items}::text[], ${people}::uuid[]) AS found (work_item, user_uuid)
      JOIN users u ON ${inProject(actor, "u")} AND u.uuid = found.user_uuid FOR KEY SHARE OF u
      ON CONFLICT DO NOTHING`;
    const compared = [...listed.values()].flat();
    await tx.$executeRaw`
      UPDATE deletion_list_items SET compared_at = ${at} WHERE ${inProject(actor)} AND work_item = ANY(${compared})`;
    if (pulled)
      await tx.deletionListRun.create({ data: { ...ofProject(actor), uuid: generateUuid(), kind: "pull", rows: [] } });
    await record(tx, actor, { action: "deletion_list.matched", data: { users } });
  });
  return { users, matched: new Set(matches.map(({ workItem }) => workItem)).size, at };
}

/** The rows of the lists by what is kept of their hashes; more than one where the State has given the same twice. */
async function readListed(actor: Actor): Promise<Map<string, string[]>> {
  const items = await db().deletionListItem.findMany({
    where: { ...ofProject(actor), removedAt: null },
    select: { workItem: true, identifier: true },
  });
  const listed = new Map<string, string[]>();
  for (const { workItem, identifier } of items) {
    const hash = Buffer.from(identifier).toString("base64");
    listed.set(hash, [...(listed.get(hash) ?? []), workItem]);
  }
  return listed;
}

const REACHED_SHAPE = { uuid: TEXT, userId: TEXT, email: nullable(TEXT), metadata: nullable(METADATA) };

function readReached(actor: Actor) {
  return readByUuid(
    PAGE,
    (after) => readRows(REACHED_SHAPE)`
      SELECT uuid, user_id AS "userId", email, metadata FROM users
      WHERE ${inProject(actor)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`,
  );
}
