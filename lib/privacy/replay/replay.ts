import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { hashIdentifier, listSuppressionKeys } from "#lib/keys/hashes.ts";
import { noteAbsence } from "#lib/privacy/erasure/absence.ts";
import { eraseAgain } from "#lib/privacy/erasure/mutations.ts";
import { erasePartAgain } from "#lib/privacy/erasure/parts.ts";
import { eraseSessionAgain } from "#lib/privacy/erasure/session.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { reconcileJournal } from "#lib/privacy/journal/reconcile.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { readStoredValues, type ValueColumn } from "#lib/privacy/scan/stored-values.ts";
import { readUuidTime } from "#lib/uuid.ts";
import type { IdentifierKind } from "#prisma/client/enums.ts";

/** How a replay went; the gate stays shut until nothing is held and all is proved. */
export interface Replay {
  /** Held in the restored database; to be released first. */
  held: number;
  /** Erased once more. */
  erased: number;
  /** Not in the backup at all: their receipts and what keeps them out were written anew. */
  absent: number;
  /** Receipts whose proof has found something, or could not look everywhere. */
  unproved: number;
}

/**
 * Does again what the journal says was erased and a restored backup has brought back; whoever was added after their erasure
 * is spared. When all of it is proved, the database takes new things in again.
 * @throws AppError `conflict` for a journal that cannot be trusted; `unavailable` without the keys.
 */
export async function replayErasures(): Promise<Replay> {
  const { missing, problem } = await reconcileJournal();
  if (problem) throw new AppError("conflict", problem);
  refuseUnknownKeys(missing);
  const replay = { erased: 0, absent: 0, held: 0, unproved: 0 };
  for (const [projectUuid, entries] of Map.groupBy(missing, ({ project }) => project)) {
    const { slug } = await db().project.findUniqueOrThrow({ where: { uuid: projectUuid }, select: { slug: true } });
    const actor = await Actor.ofCommandLine(slug);
    const parts = await findParts(actor, entries);
    const people = await findHashed(actor, "person", entries);
    const sessions = await findHashed(actor, "session", entries);
    for (const entry of entries) {
      const person = people.get(entry.receipt);
      const session = sessions.get(entry.receipt);
      const part = parts.get(entry.receipt);
      const again = person
        ? eraseAgain(actor, person, entry)
        : session
          ? eraseSessionAgain(actor, session, entry)
          : part
            ? erasePartAgain(actor, part, entry)
            : noteAbsence(actor, entry).then(() => null);
      // One who is held in the backup must not keep the others from being erased.
      const outcome = await again.catch((error: unknown) => {
        if (error instanceof AppError && error.code === "held") return "held" as const;
        throw error;
      });
      if (outcome === "held") replay.held += 1;
      else if (outcome) replay.erased += 1;
      else replay.absent += 1;
    }
  }
  while ((await provePendingReceipts()) > 0);
  const uuid = { in: missing.map(({ receipt }) => receipt) };
  replay.unproved = await db().receipt.count({ where: { uuid, status: { not: "confirmed" } } });
  if (replay.unproved + replay.held === 0)
    await db().restoreGate.updateMany({ where: { closedAt: null }, data: { closedAt: new Date() } });
  return replay;
}

/** Without the key that hashed them nobody can be found, and must not be taken for absent. @throws AppError `unavailable`. */
function refuseUnknownKeys(entries: readonly JournalEntry[]): void {
  const known = new Set(listSuppressionKeys().map(({ id }) => id));
  const unknown = entries.filter(({ keyId }) => !known.has(keyId)).length;
  if (unknown > 0)
    throw new AppError(
      "unavailable",
      `${unknown} of the erasures were written down under another LETHE_SUPPRESSION_KEY. Add it behind the present one, apart by a space.`,
    );
}

/** Parts are known by their uuids alone, each in its own table. @returns by receipt, those of its parts that are there again. */
async function findParts(actor: Actor, entries: JournalEntry[]): Promise<Map<string, [string, ...string[]]>> {
  const found = new Map<string, [string, ...string[]]>();
  for (const [scope, table] of [
    ["message", "messages"],
    ["episode", "episodes"],
    ["fact", "edges"],
  ] as const) {
    const wanted = new Map<string, JournalEntry>(
      entries
        .filter((entry) => entry.scope === scope)
        .flatMap((entry) => entry.identifiers.map((hash) => [`${entry.keyId} ${hash}`, entry] as const)),
    );
    if (wanted.size === 0) continue;
    for await (const { uuid, hash } of hashStored(actor, scope, { table, column: "uuid" })) {
      const entry = wanted.get(hash);
      if (entry) found.set(entry.receipt, [...(found.get(entry.receipt) ?? []), uuid]);
    }
  }
  return found;
}

const NAMED = {
  person: { kind: "user_id", place: { table: "users", column: "user_id" } },
  session: { kind: "session_id", place: { table: "sessions", column: "session_id" } },
} as const;

/** Finds what is there again by its hash. @returns by receipt. Whoever was added after the erasure was added lawfully. */
async function findHashed(
  actor: Actor,
  scope: keyof typeof NAMED,
  entries: JournalEntry[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = new Map(
    entries.filter((entry) => entry.scope === scope).map((entry) => [`${entry.keyId} ${entry.identifiers[0]}`, entry]),
  );
  if (wanted.size === 0) return found;
  const { kind, place } = NAMED[scope];
  for await (const { uuid, hash } of hashStored(actor, kind, place)) {
    const entry = wanted.get(hash);
    if (entry && readUuidTime(uuid) <= Date.parse(entry.at)) found.set(entry.receipt, uuid);
  }
  return found;
}

/** Everything that is stored of a kind, hashed with each key as the journal has hashed what was erased. */
async function* hashStored(actor: Actor, kind: IdentifierKind, place: ValueColumn) {
  const keys = listSuppressionKeys();
  for await (const { uuid, value } of readStoredValues(actor, place))
    for (const key of keys) {
      const hash = hashIdentifier(key, actor.projectUuid, { kind, value });
      yield { uuid, hash: `${key.id} ${hash.toString("base64url")}` };
    }
}
