import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { getSigningKey } from "#lib/keys/signing.ts";
import { type JournalEntry, lockJournal, readJournal, writeOutcomeIn } from "#lib/privacy/journal/journal.ts";
import { generateUuid } from "#lib/uuid.ts";

export interface Reconciliation {
  /** What the journal says was erased and the database knows nothing of: it was restored from an older backup. */
  missing: JournalEntry[];
  /** What is wrong with the journal itself, in a sentence. */
  problem: string | null;
}

/**
 * Compares the journal with the database. What a killed process has not written down is written now; where the database is
 * older than the journal, or the journal cannot be trusted, nothing new is taken in until the erasures are replayed. In a
 * restored database what was about to be erased counts as erased: rather once too often than somebody who is back.
 */
export async function reconcileJournal(): Promise<Reconciliation> {
  return runInTransaction(async (tx) => {
    // Whoever erases holds this from the line of the journal to the commit: what is read here has ended.
    await lockJournal(tx);
    const { entries, outcomes, problem, foreign } = await readJournal(await listKeys(tx));
    const receipts = await listReceipts(tx);
    const projects = new Set((await tx.project.findMany({ select: { uuid: true } })).map(({ uuid }) => uuid));
    const strange = [...foreign].some((project) => projects.has(project));
    if (problem || strange) {
      // Whether somebody is back cannot be told, so nobody is let in.
      await openGate(tx);
      return { missing: [], problem: problem ?? STRANGE };
    }
    const unknown = [...entries.values()].filter(
      ({ receipt, project }) =>
        projects.has(project) && !receipts.has(receipt) && outcomes.get(receipt) !== "withdrawn",
    );
    const restored = unknown.some(({ receipt }) => outcomes.get(receipt) === "done");
    for (const { receipt } of entries.values()) {
      if (outcomes.has(receipt)) continue;
      if (receipts.has(receipt)) await writeOutcomeIn(tx, receipt, "done");
      else if (!restored) await writeOutcomeIn(tx, receipt, "withdrawn");
    }
    if (restored) await openGate(tx);
    const forgotten = [...receipts].filter((receipt) => !entries.has(receipt)).length;
    return {
      missing: restored ? unknown : [],
      problem: forgotten > 0 ? `The journal of erasures lacks ${forgotten} that the database has receipts for.` : null,
    };
  });
}

const STRANGE =
  "The journal speaks of projects of this instance in lines that none of its keys has signed: LETHE_SIGNING_KEY is another one.";

async function openGate(tx: Tx): Promise<void> {
  if ((await tx.restoreGate.count({ where: { closedAt: null } })) > 0) return;
  await tx.restoreGate.create({ data: { uuid: generateUuid() } });
}

/** The key of this process as well: a database from before its first erasure knows none. */
async function listKeys(tx: Tx) {
  const own = getSigningKey();
  return [...(await listPublicKeys(tx)), ...(own ? [own.jwk] : [])];
}

async function listReceipts(tx: Tx): Promise<Set<string>> {
  const rows = await readRowsIn(tx, { uuid: TEXT })`SELECT uuid FROM receipts`;
  return new Set(rows.map(({ uuid }) => uuid));
}
