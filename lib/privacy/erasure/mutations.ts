import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { graphOf, inProject } from "#lib/db/scope.ts";
import { countOwnedRows, eraseOwnedRows, type RowCounts } from "#lib/db/stored-tables.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { forgetCopies } from "#lib/graph/edit/forget.ts";
import { type CopyCounts, countCopies, hashScope } from "#lib/privacy/erasure/queries.ts";
import type { EraseUser, PlannedErasure } from "#lib/privacy/erasure/schema.ts";
import { listSubjects } from "#lib/privacy/erasure/subject.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";
import { lockUser, lockUserById } from "#lib/users/lock.ts";

/** What went with a person. */
export interface Erasure {
  /** Of each table. */
  rows: RowCounts;
  copies: CopyCounts;
}

/** A person of a million messages goes in one transaction as well, however long it takes. */
const ERASURE_TIMEOUT = 6 * 3_600_000;

/**
 * Removes a person and everything of theirs, in one transaction: all of it goes or nothing does.
 * The typed confirmation must be the person's id, and the plan must still be the one that was shown.
 * @throws AppError `not_found`, `invalid` on `confirmation`, `conflict`.
 */
export async function eraseUser(actor: Actor, input: EraseUser): Promise<Erasure> {
  authorize(actor, "users:erase");
  return runErasure(async (tx) => {
    const user = await lockUser(tx, actor, input.uuid);
    if (input.confirmation !== user.userId) {
      throw new AppError("invalid", "Nothing was deleted.", { confirmation: "This is not the user's id." });
    }
    return eraseLocked(tx, actor, user.uuid, input);
  });
}

/** Removes a person by the application's own id, as an application asks: nobody has seen a plan. @throws AppError `not_found`. */
export async function eraseUserById(actor: Actor, userId: string): Promise<Erasure> {
  authorize(actor, "users:erase");
  return runErasure(async (tx) => eraseLocked(tx, actor, (await lockUserById(tx, actor, userId)).uuid, null));
}

export interface ErasureOutcome {
  uuid: string;
  erased: Erasure | null;
  /** Why this person is still there. */
  message: string | null;
}

/** Erases several people, each in a transaction of their own, and says for each how it went. */
export async function eraseUsers(actor: Actor, people: PlannedErasure[]): Promise<ErasureOutcome[]> {
  authorize(actor, "users:erase");
  const outcomes: ErasureOutcome[] = [];
  for (const person of people) {
    try {
      const erased = await runErasure(async (tx) =>
        eraseLocked(tx, actor, (await lockUser(tx, actor, person.uuid)).uuid, person),
      );
      outcomes.push({ uuid: person.uuid, erased, message: null });
    } catch (error) {
      outcomes.push({ uuid: person.uuid, erased: null, message: toFailure(error).message });
    }
  }
  return outcomes;
}

function runErasure<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return runInTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
    return work(tx);
  }, ERASURE_TIMEOUT);
}

/** Whoever writes to a person waits for their row, which is locked: what is counted here is what there is. */
async function eraseLocked(tx: Tx, actor: Actor, uuid: string, planned: PlannedErasure | null): Promise<Erasure> {
  const person = graphOf(actor, uuid);
  // Messages arrive under the session's row; locking those as well keeps them from arriving between count and end.
  await tx.$queryRaw`SELECT FROM sessions WHERE ${inProject(actor)} AND user_uuid = ${uuid}::uuid FOR UPDATE`;
  const [subject] = await listSubjects(tx, actor, [uuid]);
  if (!subject) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
  if (planned && planned.plan !== hashScope(subject, await countCopies(tx, person)))
    throw new AppError(
      "conflict",
      "Since you looked, this person's record or their copies changed. Nothing was deleted.",
    );
  const { graphs, episodes } = await forgetCopies(tx, person);
  const rows = await eraseOwnedRows(tx, STORED_TABLES, person);
  refuseGrowth(rows, planned?.previewed);
  const left = Object.entries(await countOwnedRows(tx, STORED_TABLES, person)).filter(([, count]) => count > 0);
  if (left.length > 0) throw new Error(`an erasure left rows in ${left.map(([table]) => table).join(", ")}`);
  const copies = { graphs, episodes };
  const data = {
    sessions: rows.sessions,
    messages: rows.messages,
    episodes: rows.episodes,
    facts: rows.edges,
    nodes: rows.nodes,
  };
  await record(tx, actor, { action: "user.erased", subjectRef: subject.subjectRef, data });
  return { rows, copies };
}

const GIVEN = ["sessions", "messages", "episodes"] as const;

/** What people gave must be as the plan showed it; what was derived from it may have changed meanwhile. @throws AppError `conflict`. */
function refuseGrowth(rows: RowCounts, previewed: RowCounts | undefined): void {
  if (!previewed || GIVEN.every((table) => rows[table] === previewed[table])) return;
  throw new AppError(
    "conflict",
    `Since you looked, this changed to ${rows.sessions} sessions and ${rows.messages} messages (${rows.episodes} episodes). Nothing was deleted.`,
  );
}
