import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { BYTES, METADATA, NUMBER, nullable, type RowOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { selectItems } from "#lib/privacy/deletion-list/queries.ts";
import { listReachedHashes } from "#lib/privacy/deletion-list/reached.ts";
import { FRESH_MINUTES } from "#lib/privacy/deletion-list/terms.ts";
import { cancelRequest, withdrawRequest } from "#lib/privacy/requests/decide.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import { attestRequest } from "#lib/privacy/requests/review.ts";
import { LIFECYCLE, type RequestState } from "#lib/privacy/requests/terms.ts";

/** What became of a row of a list. */
export interface RowResult {
  workItem: string;
  outcome: "added" | "known" | "removed" | "filed" | "refused";
  /** Why it is refused, or what is left to do. */
  problem: string | null;
}

const MATCHED_SHAPE = {
  workItem: TEXT,
  identifier: BYTES,
  filings: NUMBER,
  comparedAt: TIME,
  since: TIME,
  user: TEXT,
  userId: TEXT,
  email: nullable(TEXT),
  metadata: nullable(METADATA),
};
type Matched = RowOf<typeof MATCHED_SHAPE>;

/**
 * Files the erasure of whoever one row alone matches, as verified: the State has made sure who asks, and nobody may ask again. From
 * then on it is a request like any other, and what is answered follows from how it ends. Of somebody whose erasure is under way
 * already no other is filed: the row is settled with that.
 * @returns of each row what became of it; one that is refused stops no other.
 */
export async function fileMatched(actor: Actor, workItems: string[]): Promise<RowResult[]> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  const matched = await readRowsIn(db(), MATCHED_SHAPE)`
    SELECT i.work_item AS "workItem", d.identifier, d.filings, d.compared_at AS "comparedAt", i.since, u.uuid AS user,
      u.user_id AS "userId", u.email, u.metadata
    FROM (${selectItems(actor)}) i
    JOIN deletion_list_items d ON ${inProject(actor, "d")} AND d.work_item = i.work_item
    JOIN users u ON ${inProject(actor, "u")} AND u.uuid = i.user_uuid
    WHERE i.state = 'matched' AND i.work_item = ANY(${workItems})`;
  const known = new Map(matched.map((row) => [row.workItem, row]));
  const results: RowResult[] = [];
  for (const workItem of workItems) {
    const row = known.get(workItem);
    const problem = row
      ? await fileOne(actor, row).catch(describeRefusal)
      : "It matches nobody alone, or is under way.";
    results.push({ workItem, outcome: problem === null ? "filed" : "refused", problem });
  }
  return results;
}

const ASKED = { type: "erasure", law: "delete_act", channel: "csv", contact: "", keepsOut: true } as const;

/** @returns null once it is under way. @throws AppError where it cannot be. */
async function fileOne(actor: Actor, row: Matched): Promise<null> {
  await refuseStale(actor, row);
  const open = await findOpenErasure(actor, row.user);
  if (open) return linkMatch(actor, row, open, { isOwn: false });
  const externalRef = `list of deletions ${row.workItem} ${row.filings}`;
  const asked = { ...ASKED, identifier: row.userId, receivedAt: row.since, externalRef };
  const { request, isNew } = await fileRequest(actor, asked);
  if (!isNew) throw new AppError("conflict", "Somebody is filing it at this moment.");
  try {
    await linkMatch(actor, row, request, { isOwn: true });
    await attestRequest(actor, { request, version: 1 });
  } catch (error) {
    await withdrawRequest(actor, { request, version: 1, reason: "It could not be taken on from the list." });
    await db().deletionListMatch.updateMany({ where: { ...placeOf(actor, row) }, data: { requestUuid: null } });
    throw error;
  }
  return null;
}

/** A match is as old as its comparison: whoever has another address by now, or shares it with others, is not filed. */
async function refuseStale(actor: Actor, { comparedAt, identifier, userId, email, metadata }: Matched): Promise<void> {
  if (comparedAt.getTime() < Date.now() - FRESH_MINUTES * 60_000)
    throw new AppError("conflict", "The comparison is too old. Compare again first.");
  const hash = Buffer.from(identifier).toString("base64");
  if (!listReachedHashes(actor, { userId, email, metadata }).has(hash))
    throw new AppError("conflict", "They are reached by something else by now. Compare again.");
  if (email === null) return;
  const sharing = await readRowsIn(db(), { userId: TEXT, email: nullable(TEXT), metadata: nullable(METADATA) })`
    SELECT user_id AS "userId", email, metadata FROM users WHERE ${inProject(actor)} AND lower(email) = lower(${email}) LIMIT 100`;
  if (sharing.filter((person) => listReachedHashes(actor, person).has(hash)).length > 1)
    throw new AppError("conflict", "Several people share it by now. Compare again.");
}

/** Somebody's erasure that is verified and not over. */
async function findOpenErasure(actor: Actor, user: string): Promise<string | null> {
  const [open] = await readRowsIn(db(), { request: TEXT })`
    SELECT r.uuid AS request FROM privacy_requests r JOIN request_people q ON ${sameProject("q", "r")} AND q.request_uuid = r.uuid
    WHERE ${inProject(actor, "r")} AND q.user_uuid = ${user}::uuid AND r.type = 'erasure' AND r.closed_at IS NULL
      AND r.verified_at IS NOT NULL ORDER BY r.number LIMIT 1`;
  return open?.request ?? null;
}

/** @throws AppError `conflict` where the person has taken it back meanwhile. */
async function linkMatch(actor: Actor, row: Matched, request: string, { isOwn }: { isOwn: boolean }): Promise<null> {
  return runInTransaction(async (tx) => {
    const [item] = await readRowsIn(tx, { removedAt: nullable(TIME), filings: NUMBER })`
      SELECT removed_at AS "removedAt", filings FROM deletion_list_items
      WHERE ${inProject(actor)} AND work_item = ${row.workItem} FOR UPDATE`;
    if (!item || item.removedAt) throw new AppError("conflict", "The person has taken it back.");
    const own = isOwn ? { requestUuid: request, filings: item.filings + 1 } : {};
    const where = { projectUuid_workItem: { ...ofProject(actor), workItem: row.workItem } };
    if (isOwn) await tx.deletionListItem.update({ where, data: own });
    await tx.deletionListMatch.updateMany({ where: placeOf(actor, row), data: { requestUuid: request } });
    return null;
  });
}

function placeOf(actor: Actor, { workItem, user }: Matched) {
  return { ...ofProject(actor), workItem, userUuid: user };
}

const TAKEN_BACK = "The person has taken it back on the State's platform.";

/**
 * Ends what was filed for a row that was taken back, unless another row of the lists needs it. Whoever takes a step with it at the
 * same moment does not keep it going.
 * @returns why it goes on; null where nothing does.
 */
export async function endFiled(actor: Actor, requestUuid: string): Promise<string | null> {
  const needed = await db().deletionListMatch.count({
    where: { ...ofProject(actor), requestUuid, item: { removedAt: null } },
  });
  const request = await db().privacyRequest.findUnique({
    where: byUuid(actor, requestUuid),
    select: { state: true, version: true, closedAt: true },
  });
  if (needed > 0 || !request || request.closedAt) return null;
  const followers: readonly RequestState[] = LIFECYCLE[request.state];
  const asked = { request: requestUuid, version: request.version, reason: TAKEN_BACK };
  const end = followers.includes("withdrawn")
    ? withdrawRequest
    : followers.includes("cancelled")
      ? cancelRequest
      : null;
  if (!end) return "It is being done already.";
  const problem = await end(actor, asked).then(() => null, describeRefusal);
  if (problem === null) return null;
  const { version } = await db().privacyRequest.findUniqueOrThrow({ where: byUuid(actor, requestUuid) });
  return version === request.version ? problem : endFiled(actor, requestUuid);
}

/** @throws whatever is no refusal. */
function describeRefusal(error: unknown): string {
  if (!(error instanceof AppError)) throw error;
  const { message, fields } = toFailure(error);
  return Object.values(fields)[0] ?? message;
}
