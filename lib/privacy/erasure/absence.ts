import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { restoreReceipt } from "#lib/privacy/erasure/write-receipt.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";

/**
 * Writes down again that somebody was erased whom a restored backup does not know at all, and keeps them out again if they
 * were.
 */
export async function noteAbsence(actor: Actor, entry: JournalEntry): Promise<void> {
  authorize(actor, "users:erase");
  await runInTransaction((tx) => restoreReceipt(tx, actor, entry));
}
