import type { AuditData } from "#lib/audit/schema.ts";
import type { AuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db, type Tx } from "#lib/db/client.ts";
import { toFailure } from "#lib/errors.ts";

interface AuditNote {
  action: AuditAction;
  /** The person concerned, by the one name an audit row may use. */
  subjectRef?: string;
  /** The operator, key, project or group concerned. Never what belongs to a person: that would lead to them. */
  objectUuid?: string;
  data?: AuditData;
}

/** Writes the event of a change inside the change's own transaction: both happen or neither does. */
export async function record(tx: Tx, actor: Actor, event: AuditNote): Promise<void> {
  const { action, subjectRef, objectUuid, data = {} } = event;
  await tx.$executeRaw`
    INSERT INTO audit_events (project_uuid, actor_kind, actor_uuid, action, subject_ref, object_uuid, data)
    VALUES (${actor.projectUuid}::uuid, ${actor.kind}::actor_kind, ${actor.uuid}::uuid, ${action}, ${subjectRef ?? null}::uuid,
      ${objectUuid ?? null}::uuid, ${JSON.stringify(data)}::jsonb)`;
}

/**
 * Writes that somebody asked for what their role does not allow. If this cannot be written, the request is refused all the
 * same.
 */
export async function recordRefusal(actor: Actor, permission: string): Promise<void> {
  const data = {
    ...getActorColumns(actor),
    action: "access.refused",
    outcome: "refused",
    data: { permission },
  } as const;
  await db()
    .auditEvent.create({ data })
    .catch((error: unknown) => toFailure(error));
}

/**
 * Writes that somebody tried a wrong password, and from which failure on the next attempt has to wait, in every project that
 * the operator works in. The address that was tried is not written: of strangers' there is no trace.
 */
export async function recordFailedSignIn(
  operatorUuid: string,
  { failures, waitSeconds }: { failures: number; waitSeconds: number },
): Promise<void> {
  const memberships = await db().membership.findMany({ where: { operatorUuid, disabledAt: null } });
  const action: AuditAction = waitSeconds > 0 ? "operator.sign_in_slowed" : "operator.sign_in_failed";
  const event = { actorKind: "anonymous", action, outcome: "refused", objectUuid: operatorUuid } as const;
  await db().auditEvent.createMany({
    data: memberships.map(({ projectUuid }) => ({ ...event, projectUuid, data: { failures } })),
  });
}

function getActorColumns(actor: Actor) {
  return { projectUuid: actor.projectUuid, actorKind: actor.kind, actorUuid: actor.uuid };
}
