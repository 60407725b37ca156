import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { listOf, nullable, readRows, TEXT } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { hashForState, hashListed } from "#lib/privacy/deletion-list/hash.ts";
import { type DeletionList, MATCHED_LISTS, PHONE_FIELDS } from "#lib/privacy/deletion-list/terms.ts";
import { readByUuid } from "#lib/read-by-uuid.ts";

/** So many people are read at once. */
const PAGE = 5_000;

const REACHED_SHAPE = { uuid: TEXT, email: nullable(TEXT), phones: listOf(TEXT) };

/**
 * Compares everybody with everything on the lists, those who have taken it back left out: what matched before and does no more is
 * dropped, and whoever was added since is found. @returns how many people were compared, and how many rows match somebody.
 */
export async function matchDeletionList(actor: Actor): Promise<{ users: number; matched: number }> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const wanted = await readListed(actor);
  const matches: { workItem: string; userUuid: string }[] = [];
  let users = 0;
  for await (const person of readReached(actor)) {
    users += 1;
    for (const workItem of new Set(listHashes(actor, person).flatMap((hash) => wanted.get(hash) ?? [])))
      matches.push({ workItem, userUuid: person.uuid });
  }
  await runInTransaction(async (tx) => {
    await tx.$executeRaw`DELETE FROM deletion_list_matches WHERE ${inProject(actor)}`;
    // Whoever was deleted meanwhile matches nothing.
    await tx.$executeRaw`
      INSERT INTO deletion_list_matches (project_uuid, work_item, user_uuid)
      SELECT ${actor.projectUuid}::uuid, m.work_item, u.uuid
      FROM unnest(${matches.map(({ workItem }) => workItem)}::text[], ${matches.map(({ userUuid }) => userUuid)}::uuid[]) AS m (work_item, user_uuid)
      JOIN users u ON ${inProject(actor, "u")} AND u.uuid = m.user_uuid FOR KEY SHARE OF u`;
    await tx.deletionListItem.updateMany({
      where: { ...ofProject(actor), removedAt: null },
      data: { matchedAt: new Date() },
    });
    await record(tx, actor, { action: "deletion_list.matched", data: { users } });
  });
  return { users, matched: new Set(matches.map(({ workItem }) => workItem)).size };
}

/** The rows of the lists by what is kept of their hashes; more than one where the State has given the same twice. */
async function readListed(actor: Actor): Promise<Map<string, string[]>> {
  const items = await db().deletionListItem.findMany({
    where: { ...ofProject(actor), removedAt: null },
    select: { workItem: true, identifier: true },
  });
  const listed = new Map<string, string[]>();
  for (const { workItem, identifier } of items) {
    const key = Buffer.from(identifier).toString("base64");
    listed.set(key, [...(listed.get(key) ?? []), workItem]);
  }
  return listed;
}

function readReached(actor: Actor) {
  return readByUuid(
    PAGE,
    (after) => readRows(REACHED_SHAPE)`
      SELECT uuid, email, ARRAY(SELECT metadata ->> field FROM unnest(${[...PHONE_FIELDS]}::text[]) AS field
        WHERE metadata ->> field IS NOT NULL) AS phones
      FROM users WHERE ${inProject(actor)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`,
  );
}

function listHashes(actor: Actor, { email, phones }: { email: string | null; phones: string[] }): string[] {
  const values: Record<DeletionList, string[]> = { Email: email === null ? [] : [email], Phone: phones };
  return MATCHED_LISTS.flatMap((list) =>
    values[list].flatMap((value) => {
      const hash = hashForState(list, value);
      return hash === null ? [] : [hashListed(actor, list, hash).toString("base64")];
    }),
  );
}
