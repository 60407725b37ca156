import { record } from "#lib/audit/record.ts";
import type { AuditData } from "#lib/audit/schema.ts";
import type { AuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";

/** Records a change of a graph, under the person's reference where it is a person's. */
export function recordGraphEvent(
  tx: Tx,
  actor: Actor,
  graph: LockedGraph,
  action: AuditAction,
  data?: AuditData,
): Promise<void> {
  return record(tx, actor, { action, subjectRef: graph.subjectRef, objectUuid: graph.uuid, data });
}
