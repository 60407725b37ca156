import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";

/** Looks at once for what is left of what pending receipts are about. @returns how many receipts were looked into. */
export async function proveNow(actor: Actor): Promise<{ receipts: number }> {
  authorize(actor, "receipts:read");
  return { receipts: await provePendingReceipts({ atOnce: true }) };
}
