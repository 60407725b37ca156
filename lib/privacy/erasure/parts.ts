import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import type { Tx } from "#lib/db/client.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { eraseFactWithClaims } from "#lib/graph/edit/correct.ts";
import { type ForgetCounts, forgetEpisodesWithCopies, listSourcesOfFact } from "#lib/graph/edit/forget.ts";
import type { factSchema } from "#lib/graph/edit/schema.ts";
import { type LockedGraph, lockGraph, lockHolder } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { type Erasure, runErasure } from "#lib/privacy/erasure/run.ts";
import type { eraseMessageSchema } from "#lib/privacy/erasure/schema.ts";
import type { UnprovedErasure } from "#lib/privacy/erasure/write-receipt.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";

/** A part of what is remembered of somebody, by the uuids that bear it. */
interface Part {
  scope: "message" | "episode" | "fact";
  owner: string;
  uuids: [string, ...string[]];
  gone: ForgetCounts & { messages?: number };
  copies?: { graphs: number; episodes: number };
  /** Those of the uuids that something else bears as well. */
  kept?: string[];
}

/**
 * Removes one message from its conversation, the episode it became, copies of that, and what rests on them alone.
 * @throws AppError `not_found`, `held`.
 */
export async function eraseMessage(
  actor: Actor,
  { session, message }: z.infer<typeof eraseMessageSchema>,
): Promise<Erasure> {
  authorize(actor, "sessions:erase");
  return runErasure(actor, (tx) => eraseLockedMessage(tx, actor, message, session));
}

async function eraseLockedMessage(tx: Tx, actor: Actor, uuid: string, sessionUuid?: string): Promise<UnprovedErasure> {
  const where = { ...ofProject(actor), uuid, sessionUuid };
  const found = await tx.message.findFirst({ where, select: { userUuid: true } });
  if (!found) throw new AppError("not_found", "There is no such message; someone may have deleted it.");
  const graph = await lockGraph(tx, { projectUuid: actor.projectUuid, uuid: found.userUuid });
  const { copies, ...forgotten } = await forgetEpisodesWithCopies(tx, graph, [uuid]);
  const { count: messages } = await tx.message.deleteMany({ where });
  const gone = { ...forgotten, messages };
  await record(tx, actor, { action: "message.erased", subjectRef: graph.subjectRef, data: gone });
  return describePart({ scope: "message", owner: graph.uuid, uuids: [uuid], gone, copies });
}

/**
 * Removes an episode and its copies, with the facts and nodes that rest on them alone. Of a message's episode goes what memory
 * made of it; the words stay in their session. @throws AppError `not_found`, `held`.
 */
export async function eraseEpisode(actor: Actor, uuid: string): Promise<Erasure> {
  authorize(actor, "graph:erase");
  return runErasure(actor, (tx) => eraseLockedEpisodes(tx, actor, [uuid]));
}

/** @param uuids of one graph. */
async function eraseLockedEpisodes(tx: Tx, actor: Actor, uuids: [string, ...string[]]): Promise<UnprovedErasure> {
  const where = byUuid(actor, uuids[0]);
  const { graph } = await lockHolder(tx, actor.projectUuid, "episode", () => tx.episode.findUnique({ where }));
  return forgetAll(tx, actor, graph, uuids);
}

/**
 * Forgets what a fact was drawn from: its episodes, with everything that rests on them alone. The words of messages stay in
 * their sessions and are no memory any more. @throws AppError `not_found`, `held`.
 */
export async function forgetSources(actor: Actor, { uuid }: z.infer<typeof factSchema>): Promise<Erasure> {
  authorize(actor, "graph:erase");
  return runErasure(actor, async (tx) => {
    const where = byUuid(actor, uuid);
    const { graph } = await lockHolder(tx, actor.projectUuid, "fact", () => tx.edge.findUnique({ where }));
    const [first, ...others] = await listSourcesOfFact(tx, actor, uuid);
    if (!first) throw new AppError("not_found", "There is nothing left that this fact was drawn from.");
    return forgetAll(tx, actor, graph, [first, ...others]);
  });
}

async function forgetAll(
  tx: Tx,
  actor: Actor,
  graph: LockedGraph,
  uuids: [string, ...string[]],
): Promise<UnprovedErasure> {
  const { copies, ...gone } = await forgetEpisodesWithCopies(tx, graph, uuids);
  await recordGraphEvent(tx, actor, graph, "episode.erased", { ...gone });
  // A message bears the uuid of its episode, and stays.
  const kept = await tx.message.findMany({
    where: { ...ofProject(actor), uuid: { in: uuids } },
    select: { uuid: true },
  });
  return describePart({ scope: "episode", owner: graph.uuid, uuids, gone, copies, kept: kept.map(({ uuid }) => uuid) });
}

/** Removes a fact; reading again does not bring it back. @throws AppError `not_found`, `held`. */
export async function eraseFact(actor: Actor, { uuid }: z.infer<typeof factSchema>): Promise<Erasure> {
  authorize(actor, "graph:erase");
  return runErasure(actor, (tx) => eraseLockedFact(tx, actor, uuid));
}

async function eraseLockedFact(tx: Tx, actor: Actor, uuid: string): Promise<UnprovedErasure> {
  const graph = await eraseFactWithClaims(tx, actor, uuid);
  if (await tx.edge.findUnique({ where: byUuid(actor, uuid), select: { uuid: true } }))
    throw new Error("a fact is there after its erasure");
  // What it was drawn from stays and may be read again, to no effect, under the same uuid.
  const gone = { episodes: 0, facts: 1, nodes: 0 };
  return describePart({ scope: "fact", owner: graph.uuid, uuids: [uuid], gone, kept: [uuid] });
}

/** Erases a part once more that a restored backup has brought back, under the receipt it had. */
export async function erasePartAgain(
  actor: Actor,
  uuids: [string, ...string[]],
  entry: JournalEntry,
): Promise<Erasure> {
  authorize(actor, "graph:erase");
  return runErasure(
    actor,
    (tx) => {
      if (entry.scope === "message") return eraseLockedMessage(tx, actor, uuids[0]);
      return entry.scope === "fact" ? eraseLockedFact(tx, actor, uuids[0]) : eraseLockedEpisodes(tx, actor, uuids);
    },
    { replayed: entry },
  );
}

const NO_COPIES = { graphs: 0, episodes: 0 };

function describePart({
  scope,
  owner,
  uuids: [first, ...others],
  gone,
  copies = NO_COPIES,
  kept = [],
}: Part): UnprovedErasure {
  const { messages = 0, episodes, facts, nodes } = gone;
  return {
    scope,
    owner,
    identifiers: [{ kind: scope, value: first }, ...others.map((value) => ({ kind: scope, value }))],
    // What is gone is sought by its uuid: who still names it refers to nothing.
    sought: {
      person: first,
      names: [first, ...others]
        .filter((uuid) => !kept.includes(uuid))
        .map((value) => ({ kind: "uuid" as const, value })),
    },
    plan: null,
    previewed: null,
    rows: { messages, episodes, edges: facts, nodes },
    copies,
    keptOut: false,
  };
}
