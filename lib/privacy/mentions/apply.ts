import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { graphOf, inGraph, inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { type LockedGraph, lockGraph } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { dropExports } from "#lib/privacy/exports/mutations.ts";
import { changeWords } from "#lib/privacy/mentions/change-words.ts";
import { Redaction } from "#lib/privacy/mentions/redact.ts";
import type { DecidedMention, MentionCounts } from "#lib/privacy/mentions/terms.ts";
import { listNeedles, type Sought } from "#lib/privacy/scan/needles.ts";

/** Why something stays that was to be redacted or deleted. */
const HELD = "a legal hold";
const NOT_TAKEN_OUT = "could not be taken out by itself";

/**
 * Does with others' words what was decided, in the transaction that erases the person who stands in them: takes the person out,
 * or deletes them, with everything that was drawn from them; what is left is read again. Somebody held keeps theirs as they
 * are. Each whose words were changed has an event of it, and a copy of their data that waits for them is no longer good.
 */
export async function applyDecisions(
  tx: Tx,
  actor: Actor,
  sought: Sought,
  mentions: readonly DecidedMention[],
): Promise<MentionCounts> {
  const redaction = new Redaction(listNeedles([sought]));
  const counts = new DecisionCounts();
  for (const [owner, own] of Map.groupBy(mentions, (mention) => mention.owner)) {
    for (const { decision, ground } of own) if (decision === "keep") counts.keep(ground);
    const wanted = own.filter(({ decision }) => decision !== "keep");
    const graph = wanted.length > 0 ? await lockOthers(tx, actor, owner) : null;
    if (!graph) continue;
    const listHeld = (uuids: string[]) => listHeldIn(tx, graph, uuids);
    const held = await listHeld(wanted.map(({ uuid }) => uuid));
    const changed = wanted.filter(({ uuid }) => !held.has(uuid));
    for (const _ of held) counts.keep(HELD);
    if (changed.length === 0) continue;
    const { redacted, deleted, unchanged } = await changeWords(tx, actor, graph, { redaction, changed, listHeld });
    counts.redacted += redacted;
    counts.deleted += deleted;
    for (let time = 0; time < unchanged; time += 1) counts.keep(NOT_TAKEN_OUT);
    await dropExports(tx, actor, owner);
    await recordGraphEvent(tx, actor, graph, "mentions.changed", { redacted, deleted });
  }
  return { redacted: counts.redacted, deleted: counts.deleted, kept: counts.kept };
}

class DecisionCounts {
  redacted = 0;
  deleted = 0;
  readonly #kept = new Map<string, number>();

  keep(ground: string): void {
    this.#kept.set(ground, (this.#kept.get(ground) ?? 0) + 1);
  }

  get kept(): MentionCounts["kept"] {
    return [...this.#kept].map(([ground, count]) => ({ ground, count }));
  }
}

/** Whoever was erased meanwhile is gone with all their words. */
async function lockOthers(tx: Tx, actor: Actor, owner: string): Promise<LockedGraph | null> {
  return lockGraph(tx, graphOf(actor, owner)).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
}

/** Those of these that a hold on their owner, on their conversation, or on whom they were copied from keeps as they are. */
async function listHeldIn(tx: Tx, graph: LockedGraph, uuids: string[]): Promise<ReadonlySet<string>> {
  const held = await readRowsIn(tx, { uuid: TEXT })`
    SELECT m.uuid FROM unnest(${uuids}::uuid[]) AS m (uuid)
    LEFT JOIN episodes e ON ${inGraph(graph, "e")} AND e.uuid = m.uuid
    LEFT JOIN messages w ON ${inProject(graph, "w")} AND w.uuid = m.uuid
    WHERE lethe_is_held(${graph.projectUuid}::uuid, ${graph.uuid}::uuid, coalesce(e.session_uuid, w.session_uuid))
      OR lethe_is_held(${graph.projectUuid}::uuid, e.origin_graph, e.session_uuid)`;
  return new Set(held.map(({ uuid }) => uuid));
}
