import type { LockedGraph } from "#lib/graph/lock.ts";

/** A node's labels without repeats and in order: every node is an Entity, and the person's own a User (wire contract, 7.4). */
export function completeLabels({ centre }: LockedGraph, nodeUuid: string, labels: string[]): string[] {
  return [...new Set(["Entity", ...(nodeUuid === centre ? ["User"] : []), ...labels.toSorted()])];
}
