import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { graphOf, inProject } from "#lib/db/scope.ts";
import { countOwnedRows, eraseOwnedRows, type RowCounts } from "#lib/db/stored-tables.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { forgetCopies } from "#lib/graph/edit/forget.ts";
import { listIdentifiers } from "#lib/keys/hashes.ts";
import { countCopies, hashScope } from "#lib/privacy/erasure/queries.ts";
import { type Erasure, runErasure } from "#lib/privacy/erasure/run.ts";
import type { EraseUser, PlannedErasure } from "#lib/privacy/erasure/schema.ts";
import type { UnprovedErasure } from "#lib/privacy/erasure/write-receipt.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { applyDecisions } from "#lib/privacy/mentions/apply.ts";
import { decideAsWritten, decideByRule } from "#lib/privacy/mentions/decide.ts";
import type { DecidedMention } from "#lib/privacy/mentions/terms.ts";
import { refuseWithoutApproval } from "#lib/privacy/policy/queries.ts";
import { type RunningWork, runWatched } from "#lib/privacy/progress/mutations.ts";
import type { ReceiptFacts } from "#lib/privacy/receipts/facts.ts";
import { nameSought } from "#lib/privacy/scan/needles.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";
import { listSubjects } from "#lib/privacy/subject.ts";
import { lockUser, lockUserById } from "#lib/users/lock.ts";

/**
 * Removes a person and everything of theirs, in one transaction: all of it goes or nothing does.
 * The typed confirmation must be the person's id, and the plan must still be the one that was shown.
 * @throws AppError `not_found`, `invalid` on `confirmation`, `conflict`; `unavailable` without keys or journal.
 */
export async function eraseUser(actor: Actor, input: EraseUser): Promise<Erasure> {
  authorize(actor, "users:erase");
  await refuseWithoutApproval(actor);
  const decided = await decideByRule(actor, input.uuid, input.mentions);
  const total = Object.values(input.previewed).reduce((sum, rows) => sum + rows, 0);
  return runWatched(actor, { work: input.work, total }, (work) =>
    runErasure(actor, async (tx, aim) => {
      await lockAll(tx, actor, input.uuid, decided);
      const user = await lockUser(tx, actor, input.uuid);
      aim({ userUuid: user.uuid, sessionUuid: null, keptOut: input.keptOut, mentions: input.mentions });
      if (input.confirmation !== user.userId) {
        throw new AppError("invalid", "Nothing was deleted.", { confirmation: "This is not the user's id." });
      }
      return eraseLocked(tx, actor, user.uuid, { ...input, decided, report: work.report });
    }),
  );
}

/**
 * Removes a person by the application's own id, as an application asks: nobody has seen a plan, and whether they are kept out
 * is the project's policy. @throws AppError `not_found`; `unavailable` without keys or journal.
 */
export async function eraseUserById(actor: Actor, userId: string): Promise<Erasure> {
  authorize(actor, "users:erase");
  return runErasure(actor, async (tx, aim) => {
    const { uuid } = await lockUserById(tx, actor, userId);
    const policy = await tx.project.findUnique({
      where: { uuid: actor.projectUuid },
      select: { keepsOutDeleted: true },
    });
    const keptOut = policy?.keepsOutDeleted ?? false;
    aim({ userUuid: uuid, sessionUuid: null, keptOut });
    return eraseLocked(tx, actor, uuid, { keptOut });
  });
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
  await refuseWithoutApproval(actor);
  const outcomes: ErasureOutcome[] = [];
  for (const person of people) {
    try {
      const decided = await decideByRule(actor, person.uuid, person.mentions);
      const erased = await runErasure(actor, async (tx, aim) => {
        await lockAll(tx, actor, person.uuid, decided);
        const { uuid } = await lockUser(tx, actor, person.uuid);
        aim({ userUuid: uuid, sessionUuid: null, keptOut: person.keptOut, mentions: person.mentions });
        return eraseLocked(tx, actor, uuid, { ...person, decided });
      });
      outcomes.push({ uuid: person.uuid, erased, message: null });
    } catch (error) {
      outcomes.push({ uuid: person.uuid, erased: null, message: toFailure(error).message });
    }
  }
  return outcomes;
}

/** Erases a person whose erasure a hold had stopped. @throws AppError `not_found`, `held` where another one keeps them. */
export async function eraseReleased(
  actor: Actor,
  uuid: string,
  { keptOut, mentions }: Pick<PlannedErasure, "keptOut" | "mentions">,
): Promise<Erasure> {
  authorize(actor, "users:erase");
  await refuseWithoutApproval(actor);
  const decided = await decideByRule(actor, uuid, mentions);
  return runErasure(actor, async (tx) => {
    await lockAll(tx, actor, uuid, decided);
    const user = await lockUser(tx, actor, uuid);
    return eraseLocked(tx, actor, user.uuid, { keptOut, decided });
  });
}

/** What a privacy request asks of an erasure: as it was planned and decided, with what else happens in its transaction. */
interface RequestedErasure {
  uuid: string;
  keptOut: boolean;
  plan: string;
  decided: readonly DecidedMention[];
  request: NonNullable<ReceiptFacts["request"]>;
  settle: (tx: Tx, receipt: string) => Promise<void>;
}

/**
 * Erases a person as a privacy request has planned it. Counts may have grown since; whom it covers may not have changed.
 * @throws AppError `not_found`, `conflict`, `held`.
 */
export async function eraseRequested(actor: Actor, asked: RequestedErasure): Promise<Erasure> {
  authorize(actor, "users:erase");
  const { uuid, settle, request, ...order } = asked;
  return runErasure(
    actor,
    async (tx) => {
      await lockAll(tx, actor, uuid, order.decided);
      const user = await lockUser(tx, actor, uuid);
      return { ...(await eraseLocked(tx, actor, user.uuid, order)), request };
    },
    { settle },
  );
}

/** Erases a person once more whom a restored backup has brought back, under the receipt they had. */
export async function eraseAgain(actor: Actor, uuid: string, entry: JournalEntry): Promise<Erasure> {
  authorize(actor, "users:erase");
  const decided = await decideAsWritten(actor, uuid, entry);
  return runErasure(
    actor,
    async (tx) => {
      await lockAll(tx, actor, uuid, decided);
      const user = await lockUser(tx, actor, uuid);
      return eraseLocked(tx, actor, user.uuid, { keptOut: entry.keptOut, decided });
    },
    { replayed: entry },
  );
}

/** How a person is to be erased: as somebody has seen it planned, where somebody has. */
interface Order extends Partial<Pick<PlannedErasure, "plan" | "previewed">> {
  keptOut: boolean;
  /** What is to be done with what others said of them; without it all of that stays, and nobody has looked at it. */
  decided?: readonly DecidedMention[] | null;
  report?: RunningWork["report"];
}

/**
 * Locks everybody whose rows an erasure changes, in one order for all, so that two who mention each other are not each waited
 * for by the other.
 */
async function lockAll(tx: Tx, actor: Actor, uuid: string, decided: readonly DecidedMention[] | null): Promise<void> {
  const copied = await readRowsIn(tx, { uuid: TEXT })`
    SELECT DISTINCT graph_uuid AS uuid FROM episodes WHERE ${inProject(actor)} AND origin_graph = ${uuid}::uuid`;
  const uuids = [uuid, ...(decided ?? []).map(({ owner }) => owner), ...copied.map((copy) => copy.uuid)];
  await tx.$queryRaw`
    SELECT FROM users WHERE ${inProject(actor)} AND uuid = ANY(${[...new Set(uuids)]}::uuid[]) ORDER BY uuid FOR UPDATE`;
}

/** Whoever writes to a person waits for their row, which is locked: what is counted here is what there is. */
async function eraseLocked(
  tx: Tx,
  actor: Actor,
  uuid: string,
  { keptOut, plan, previewed, decided, report }: Order,
): Promise<UnprovedErasure> {
  const person = graphOf(actor, uuid);
  // Messages arrive under the session's row; locking those as well keeps them from arriving between count and end.
  await tx.$queryRaw`SELECT FROM sessions WHERE ${inProject(actor)} AND user_uuid = ${uuid}::uuid FOR UPDATE`;
  const [found] = await listSubjects(tx, actor, [uuid]);
  if (!found) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
  const { subjectRef, ...subject } = found;
  if (plan !== undefined && plan !== hashScope(found, await countCopies(tx, person)))
    throw new AppError(
      "conflict",
      "Since you looked, this person's record or their copies changed. Nothing was deleted.",
    );
  const { graphs, episodes } = await forgetCopies(tx, person);
  const rows = await eraseOwnedRows(tx, STORED_TABLES, person, report);
  refuseGrowth(rows, previewed);
  const left = Object.entries(await countOwnedRows(tx, STORED_TABLES, person)).filter(([, count]) => count > 0);
  if (left.length > 0) throw new Error(`an erasure left rows in ${left.map(([table]) => table).join(", ")}`);
  const data = {
    sessions: rows.sessions,
    messages: rows.messages,
    episodes: rows.episodes,
    facts: rows.edges,
    nodes: rows.nodes,
  };
  await record(tx, actor, { action: "user.erased", subjectRef, data });
  const sought = nameSought(subject);
  return {
    scope: "person",
    owner: uuid,
    identifiers: [
      ...listIdentifiers(subject),
      ...subject.sessions.map(({ sessionId }) => ({ kind: "session_id" as const, value: sessionId })),
    ],
    sought,
    plan: plan ?? null,
    previewed: previewed ?? null,
    rows,
    copies: { graphs, episodes },
    mentions: decided ? await applyDecisions(tx, actor, sought, decided) : null,
    decided,
    keptOut,
  };
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
