import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, graphOf, inGraph, inProject, ofGraph, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { forgetEpisodes } from "#lib/graph/edit/forget.ts";
import { rewordEpisodes } from "#lib/graph/edit/reword.ts";
import { type LockedGraph, lockGraph } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import type { Mention } from "#lib/privacy/mentions/find.ts";
import { Redaction } from "#lib/privacy/mentions/redact.ts";
import type { MentionCounts, MentionDecision } from "#lib/privacy/mentions/terms.ts";
import { listNeedles, type Sought } from "#lib/privacy/scan/needles.ts";

/** A mention, and what is to be done with it; `ground` says why it stays, where it does. */
export interface DecidedMention extends Mention {
  decision: MentionDecision;
  ground: string;
}

/** Why something stays that was to be redacted or deleted. */
const HELD = "a legal hold";

/**
 * Does with others' words what was decided, in the transaction that erases the person who stands in them: takes the person out,
 * or deletes them, with everything that was drawn from them; what is left of a message is read again. Somebody held keeps
 * theirs as they are. Each whose words were changed has an event of it.
 */
export async function applyDecisions(
  tx: Tx,
  actor: Actor,
  sought: Sought,
  mentions: readonly DecidedMention[],
): Promise<MentionCounts> {
  const redaction = new Redaction(listNeedles([sought]));
  const counts = new DecisionCounts();
  const byOwner = [...Map.groupBy(mentions, ({ owner }) => owner)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [owner, own] of byOwner) {
    for (const { decision, ground } of own) if (decision === "keep") counts.keep(ground);
    const wanted = own.filter(({ decision }) => decision !== "keep");
    const graph = wanted.length > 0 ? await lockOthers(tx, actor, owner) : null;
    if (!graph) continue;
    const held = await listHeld(tx, graph, wanted);
    const changed = wanted.filter(({ uuid }) => !held.has(uuid));
    for (const _ of held) counts.keep(HELD);
    if (changed.length === 0) continue;
    const { redacted, deleted } = await changeWords(tx, actor, graph, { redaction, changed });
    counts.redacted += redacted;
    counts.deleted += deleted;
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
async function listHeld(tx: Tx, graph: LockedGraph, mentions: readonly Mention[]): Promise<ReadonlySet<string>> {
  const uuids = mentions.map(({ uuid }) => uuid);
  const held = await readRowsIn(tx, { uuid: TEXT })`
    SELECT m.uuid FROM unnest(${uuids}::uuid[]) AS m (uuid)
    LEFT JOIN episodes e ON ${inGraph(graph, "e")} AND e.uuid = m.uuid
    LEFT JOIN messages w ON ${inProject(graph, "w")} AND w.uuid = m.uuid
    WHERE lethe_is_held(${graph.projectUuid}::uuid, ${graph.uuid}::uuid, coalesce(e.session_uuid, w.session_uuid))
      OR lethe_is_held(${graph.projectUuid}::uuid, e.origin_graph, e.session_uuid)`;
  return new Set(held.map(({ uuid }) => uuid));
}

interface Changes {
  redaction: Redaction;
  changed: readonly DecidedMention[];
}

async function changeWords(tx: Tx, actor: Actor, graph: LockedGraph, { redaction, changed }: Changes) {
  const listUuids = (...which: [Mention["place"], MentionDecision][]) =>
    changed.flatMap(({ place, decision, uuid }) =>
      which.some(([p, d]) => p === place && d === decision) ? [uuid] : [],
    );
  // What was stated by hand is one sentence: without the person there is nothing left of it.
  const gone = listUuids(["message", "delete"], ["data", "delete"], ["stated", "delete"], ["stated", "redact"]);
  await forgetEpisodes(tx, graph, gone);
  await tx.message.deleteMany({ where: { ...ofProject(actor), userUuid: graph.uuid, uuid: { in: gone } } });
  const reworded = [
    ...(await redactMessages(tx, actor, redaction, listUuids(["message", "redact"]))),
    ...(await redactData(tx, graph, redaction, listUuids(["data", "redact"]))),
  ];
  await rewordEpisodes(tx, graph, reworded);
  const records = changed.filter(({ place }) => place === "user" || place === "session" || place === "node");
  for (const mention of records) await redactRecord(tx, actor, redaction, mention);
  return { redacted: reworded.length + records.length, deleted: gone.length };
}

interface Reworded {
  uuid: string;
  words: string;
}

async function redactMessages(tx: Tx, actor: Actor, redaction: Redaction, uuids: string[]): Promise<Reworded[]> {
  const messages = await tx.message.findMany({ where: { ...ofProject(actor), uuid: { in: uuids } } });
  for (const { uuid, content, role, metadata } of messages)
    await tx.message.update({
      where: byUuid(actor, uuid),
      data: {
        content: redaction.redactText(content),
        role: role === null ? null : redaction.redactText(role),
        metadata: toJsonInput(redaction.redactMetadata(metadata)),
        updatedAt: new Date(),
      },
    });
  return messages.map(({ uuid, content }) => ({ uuid, words: redaction.redactText(content) }));
}

async function redactData(tx: Tx, graph: LockedGraph, redaction: Redaction, uuids: string[]): Promise<Reworded[]> {
  const episodes = await tx.episode.findMany({ where: { ...ofGraph(graph), uuid: { in: uuids } } });
  for (const { uuid, sourceDescription, metadata, role } of episodes)
    await tx.episode.update({
      where: byUuid(graph, uuid),
      data: {
        sourceDescription: sourceDescription === null ? null : redaction.redactText(sourceDescription),
        role: role === null ? null : redaction.redactText(role),
        metadata: toJsonInput(redaction.redactMetadata(metadata)),
      },
    });
  return episodes.map(({ uuid, content, source }) => ({
    uuid,
    words: redaction.redactContent(content ?? "", source === "json"),
  }));
}

/** What an application noted of others or their conversations, and what people wrote of a node, loses the name and nothing else. */
async function redactRecord(tx: Tx, actor: Actor, redaction: Redaction, { place, uuid }: Mention): Promise<void> {
  const where = byUuid(actor, uuid);
  if (place === "user") {
    const { metadata } = await tx.user.findUniqueOrThrow({ where, select: { metadata: true } });
    await tx.user.update({ where, data: { metadata: toJsonInput(redaction.redactMetadata(metadata)) } });
  } else if (place === "session") {
    const { metadata } = await tx.session.findUniqueOrThrow({ where, select: { metadata: true } });
    await tx.session.update({ where, data: { metadata: toJsonInput(redaction.redactMetadata(metadata)) } });
  } else {
    const node = await tx.node.findUnique({ where, select: { summary: true, attributes: true } });
    // Where nothing speaks of it any more it went with what did.
    if (!node) return;
    const attributes = toJsonInput(redaction.redactMetadata(node.attributes));
    await tx.node.update({ where, data: { summary: redaction.redactText(node.summary), attributes } });
  }
}
