import type { AuditAction, AuditData } from "#lib/audit/schema.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db, type Tx } from "#lib/db/client.ts";
import { toFailure } from "#lib/errors.ts";

interface AuditNote {
  action: AuditAction;
  /** The person concerned, by the one name an audit row may use. */
  subjectRef?: string;
  /** The session, operator or key concerned. */
  objectUuid?: string;
  data?: AuditData;
}

/** Writes the event of a change inside the change's own transaction: both happen or neither does. */
export async function record(tx: Tx, actor: Actor, event: AuditNote): Promise<void> {
  await tx.auditEvent.create({ data: { ...who(actor), ...event } });
}

/** Writes that someone asked for what their role does not allow. Where that cannot be written, the refusal stands. */
export async function recordRefusal(actor: Actor, permission: string): Promise<void> {
  const data = { ...who(actor), action: "access.refused", outcome: "refused", data: { permission } } as const;
  await db()
    .auditEvent.create({ data })
    .catch((error: unknown) => toFailure(error));
}

function who(actor: Actor) {
  return { projectUuid: actor.projectUuid, actorKind: actor.kind, actorUuid: actor.uuid };
}
