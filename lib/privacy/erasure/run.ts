import type { Actor } from "#lib/auth/actor.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import type { RowCounts } from "#lib/db/stored-tables.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import type { Identifier } from "#lib/keys/hashes.ts";
import { requireErasureKeys } from "#lib/keys/register.ts";
import type { CopyCounts } from "#lib/privacy/erasure/queries.ts";
import { isReceiptWritten, type UnprovedErasure, writeReceipt } from "#lib/privacy/erasure/write-receipt.ts";
import { dropExports } from "#lib/privacy/exports/mutations.ts";
import { getJournalPath, type JournalEntry, writeIntent, writeOutcome } from "#lib/privacy/journal/journal.ts";
import type { MentionDecision } from "#lib/privacy/mentions/terms.ts";
import { generateUuid } from "#lib/uuid.ts";
import { announceEvent } from "#lib/webhooks/announce.ts";

/** What was erased, and the receipt for it. */
export interface Erasure {
  receipt: string;
  /** Of each table. */
  rows: RowCounts;
  copies: CopyCounts;
}

/** Whom or what an erasure is about, by our own names. */
export interface ErasureTarget {
  userUuid: string;
  sessionUuid: string | null;
  keptOut: boolean;
  mentions?: MentionDecision;
}

/** A person of a million messages goes in one transaction as well, however long it takes. */
const ERASURE_TIMEOUT = 6 * 3_600_000;

/**
 * Erases something in one transaction that ends with its receipt, written down in the journal before it commits and again
 * after: a process that is killed leaves nothing done, or all of it with a receipt that waits for its proof.
 * @param replayed what the journal says already, where an erasure is done again after a restore.
 * @param settle what else is to happen in the transaction, once the receipt is written.
 */
export async function runErasure(
  actor: Actor,
  erase: (tx: Tx, aim: (target: ErasureTarget) => void) => Promise<UnprovedErasure>,
  { replayed, settle }: { replayed?: JournalEntry; settle?: (tx: Tx, receipt: string) => Promise<void> } = {},
): Promise<Erasure> {
  getJournalPath();
  const receipt = replayed?.receipt ?? generateUuid();
  let intended = false;
  let target: ErasureTarget | undefined;
  const run = runInTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
    await tx.$executeRaw`SET LOCAL lethe.erasing = 'on'`;
    // Before anything is deleted, which may take a while.
    const keys = await requireErasureKeys(tx);
    const erasure = await erase(tx, (aimed) => {
      target = aimed;
    });
    if (!settle && !replayed) await refuseRestricted(tx, actor, erasure);
    await dropExports(tx, actor, erasure.owner);
    await dropMentions(tx, actor, erasure.identifiers);
    const entry = await writeReceipt(tx, actor, { receipt, erasure, keys });
    if (erasure.scope === "person" && erasure.known !== false) {
      await announceErasure(tx, actor, erasure);
      await linkListedErased(tx, actor, receipt);
    }
    await settle?.(tx, receipt);
    intended = replayed === undefined;
    if (intended) await writeIntent(tx, entry);
    return erasure;
  }, ERASURE_TIMEOUT);
  try {
    const { rows, copies } = await run;
    if (intended) await noteDone(receipt);
    return { receipt, rows, copies };
  } catch (error) {
    if (target && error instanceof AppError && error.code === "held") await noteStopped(actor, target);
    // The connection may have been lost while it committed: only the receipt tells. The next start looks again.
    if (intended && !(await isReceiptWritten(db(), actor, receipt))) await writeOutcome(receipt, "withdrawn");
    throw error;
  }
}

/** Lists of deletions that the person was on say by which receipt they went. */
async function linkListedErased(tx: Tx, actor: Actor, receipt: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE deletion_list_items SET receipt_uuid = ${receipt}::uuid WHERE ${inProject(actor)}
      AND erased_at = now()::timestamptz(3) AND receipt_uuid IS NULL`;
}

/** Tells other systems that they have to delete the person as well (GDPR, Art. 19). */
async function announceErasure(tx: Tx, actor: Actor, { identifiers, request }: UnprovedErasure): Promise<void> {
  const userId = identifiers[0].value;
  await announceEvent(tx, actor, { event: "subject.erased", request: request?.number ?? null, userId });
}

/**
 * Whoever is restricted is kept as they are until their request is settled: nobody else erases anything of theirs meanwhile, no
 * application either. A person's restrictions go with them, so those are counted in what has gone.
 * @throws AppError `restricted`.
 */
async function refuseRestricted(tx: Tx, actor: Actor, { owner, rows }: UnprovedErasure): Promise<void> {
  const gone = rows.restrictions ?? 0;
  if (gone === 0 && (await tx.restriction.count({ where: { ...ofProject(actor), userUuid: owner } })) === 0) return;
  throw new AppError(
    "restricted",
    "This person is restricted until their privacy request is settled. Nothing was deleted.",
  );
}

/** What is gone is no mention of anybody any more, and nobody has to decide on it. */
async function dropMentions(tx: Tx, actor: Actor, identifiers: readonly Identifier[]): Promise<void> {
  const uuids = identifiers.flatMap(({ kind, value }) => (kind === "message" || kind === "episode" ? [value] : []));
  if (uuids.length > 0) await tx.requestMention.deleteMany({ where: { ...ofProject(actor), uuid: { in: uuids } } });
}

/** It is done by now, whatever becomes of the line that says so: the next start looks for the receipt and writes it. */
async function noteDone(receipt: string): Promise<void> {
  await writeOutcome(receipt, "done").catch((error: unknown) => toFailure(error));
}

/** Writes down that a hold has stopped an erasure; its release does it. Once is enough, however often it was asked. */
async function noteStopped(
  actor: Actor,
  {
    userUuid,
    sessionUuid,
    keptOut,
    mentions = null,
  }: Omit<ErasureTarget, "mentions"> & { mentions?: MentionDecision | null },
): Promise<void> {
  const place = { ...ofProject(actor), userUuid, sessionUuid };
  const asked = { ...(keptOut ? { keptOut } : {}), ...(mentions ? { mentions } : {}) };
  const { count } = await db().stoppedErasure.updateMany({ where: place, data: asked });
  if (count === 0) await db().stoppedErasure.create({ data: { ...place, uuid: generateUuid(), keptOut, mentions } });
}
