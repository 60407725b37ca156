import { record } from "#lib/audit/record.ts";
import type { AuditData } from "#lib/audit/schema.ts";
import type { AuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";

/** Records a change of a graph: of a person's under their reference alone, of a group's under the group's uuid. */
export function recordGraphEvent(
  tx: Tx,
  actor: Actor,
  graph: LockedGraph,
  action: AuditAction,
  data?: AuditData,
): Promise<void> {
  const { subjectRef, uuid } = graph;
  return record(tx, actor, { action, ...(subjectRef ? { subjectRef } : { objectUuid: uuid }), data });
}
