import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { BOOLEAN, readRowsIn } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { listIdentifiers } from "#lib/keys/hashes.ts";
import { type Erasure, runErasure } from "#lib/privacy/erasure/run.ts";
import type { certifyUnknownSchema } from "#lib/privacy/erasure/schema.ts";
import { restoreReceipt } from "#lib/privacy/erasure/write-receipt.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { isCalled } from "#lib/privacy/subject.ts";
import { NIL_UUID } from "#lib/uuid.ts";

/**
 * Answers a request about somebody whom nobody knows here: nothing is deleted, everything is looked through for what they are
 * called, and the receipt says that it was so. They are kept out from then on, where that is wanted.
 * @param settle what else is to happen in the transaction, once the receipt is written.
 * @throws AppError `invalid` on `identifier` where somebody is known by it; `unavailable` without keys or journal.
 */
export async function certifyUnknown(
  actor: Actor,
  { identifier, keptOut }: z.infer<typeof certifyUnknownSchema>,
  settle?: (tx: Tx, receipt: string) => Promise<void>,
): Promise<Erasure> {
  authorize(actor, "users:erase");
  const look = async (tx: Tx) => {
    const [found] = await readRowsIn(tx, { known: BOOLEAN })`
      SELECT EXISTS (SELECT FROM users WHERE ${inProject(actor)} AND ${isCalled(identifier)}) AS known`;
    if (found?.known)
      throw new AppError("invalid", "No receipt was written.", {
        identifier: "Somebody is known by this. Delete them, and their receipt follows.",
      });
    const identifiers = listIdentifiers({ userId: identifier, email: null });
    await record(tx, actor, { action: "user.not_known" });
    return {
      scope: "person" as const,
      owner: NIL_UUID,
      identifiers,
      sought: { person: NIL_UUID, names: identifiers },
      plan: null,
      previewed: null,
      rows: {},
      copies: { graphs: 0, episodes: 0 },
      keptOut,
      known: false,
    };
  };
  return runErasure(actor, look, { settle });
}

/**
 * Writes down again that somebody was erased whom a restored backup does not know at all, and keeps them out again if they
 * were.
 */
export async function noteAbsence(actor: Actor, entry: JournalEntry): Promise<void> {
  authorize(actor, "users:erase");
  await runInTransaction((tx) => restoreReceipt(tx, actor, entry));
}
