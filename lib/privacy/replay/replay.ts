import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { readRows, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { hashIdentifier, listSuppressionKeys } from "#lib/keys/hashes.ts";
import { noteAbsence } from "#lib/privacy/erasure/absence.ts";
import { eraseAgain } from "#lib/privacy/erasure/mutations.ts";
import { eraseSessionAgain } from "#lib/privacy/erasure/session.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { reconcileJournal } from "#lib/privacy/journal/reconcile.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { readUuidTime } from "#lib/uuid.ts";
import type { IdentifierKind } from "#prisma/client/enums.ts";

export interface Replay {
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
  if (problem && missing.length === 0) throw new AppError("conflict", problem);
  const replay = { erased: 0, absent: 0, unproved: 0 };
  for (const [projectUuid, entries] of Map.groupBy(missing, ({ project }) => project)) {
    const { slug } = await db().project.findUniqueOrThrow({ where: { uuid: projectUuid }, select: { slug: true } });
    const actor = await Actor.ofCommandLine(slug);
    const [people, sessions] = [
      await findPeople(
        actor,
        entries.filter(({ scope }) => scope === "person"),
      ),
      await findSessions(
        actor,
        entries.filter(({ scope }) => scope === "session"),
      ),
    ];
    for (const entry of entries) {
      const person = people.get(entry.receipt);
      const session = sessions.get(entry.receipt);
      if (person) await eraseAgain(actor, person, entry);
      else if (session) await eraseSessionAgain(actor, session, entry);
      else await noteAbsence(actor, entry);
      if (person ?? session) replay.erased += 1;
      else replay.absent += 1;
    }
  }
  while ((await provePendingReceipts()) > 0);
  replay.unproved = await db().receipt.count({ where: { status: { not: "confirmed" } } });
  if (replay.unproved === 0)
    await db().restoreGate.updateMany({ where: { closedAt: null }, data: { closedAt: new Date() } });
  return replay;
}

/** So many are read at once. */
const PAGE = 10_000;

interface Candidate {
  uuid: string;
  value: string;
}

function findPeople(actor: Actor, entries: JournalEntry[]): Promise<Map<string, string>> {
  return findHashed(
    actor,
    "user_id",
    entries,
    (after) => readRows({ uuid: TEXT, value: TEXT })`
    SELECT uuid, user_id AS value FROM users WHERE ${inProject(actor)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`,
  );
}

function findSessions(actor: Actor, entries: JournalEntry[]): Promise<Map<string, string>> {
  return findHashed(
    actor,
    "session_id",
    entries,
    (after) => readRows({ uuid: TEXT, value: TEXT })`
    SELECT uuid, session_id AS value FROM sessions WHERE ${inProject(actor)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`,
  );
}

/** Hashes what is stored as the journal has hashed what was erased. @returns by receipt, what is there again. */
async function findHashed(
  actor: Actor,
  kind: IdentifierKind,
  entries: JournalEntry[],
  listPage: (after: string) => Promise<Candidate[]>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (entries.length === 0) return found;
  const wanted = new Map(entries.map((entry) => [`${entry.keyId} ${entry.identifiers[0]}`, entry]));
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await listPage(after);
    for (const { uuid, value } of page)
      for (const key of listSuppressionKeys()) {
        const hash = hashIdentifier(key, actor.projectUuid, { kind, value }).toString("base64url");
        const entry = wanted.get(`${key.id} ${hash}`);
        // Whoever was added after the erasure was added lawfully.
        if (entry && readUuidTime(uuid) <= Date.parse(entry.at)) found.set(entry.receipt, uuid);
      }
    const last = page.at(-1);
    if (page.length < PAGE || !last) return found;
    after = last.uuid;
  }
}
