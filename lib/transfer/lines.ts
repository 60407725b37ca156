import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { Identifier } from "#lib/keys/hashes.ts";
import { type Admission, findSuppressed } from "#lib/suppression/admit.ts";
import { findErased } from "#lib/suppression/forgotten.ts";

/** A record of a file, and the line it stands on. */
export interface Line<T> {
  line: number;
  record: T;
}

/** What was not stored, and why. */
export interface RefusedLine {
  line: number;
  reason: string;
}

/** Rolls the batch's transaction back; it is tried again without these lines. */
export class RefusedLines extends Error {
  readonly lines: RefusedLine[];

  constructor(lines: RefusedLine[]) {
    super("lines were refused");
    this.lines = lines;
  }
}

/** @throws RefusedLines when `reasonAgainst` finds any. */
export function refuseLines<T>(lines: Line<T>[], reasonAgainst: (record: T) => string | null): void {
  const refused = lines.flatMap(({ line, record: item }) => {
    const reason = reasonAgainst(item);
    return reason ? [{ line, reason }] : [];
  });
  if (refused.length > 0) throw new RefusedLines(refused);
}

/**
 * What was erased by itself (a session, a message, a source) is not brought back by a file from before; what a file says came
 * later is new. @throws RefusedLines.
 */
export async function refuseErasedLines<T extends { createdAt?: Date }>(
  tx: Tx,
  actor: Actor,
  lines: Line<T>[],
  nameRecord: (record: T) => Identifier,
): Promise<void> {
  const erased = await findErased(
    tx,
    actor,
    lines.map(({ record: item }) => nameRecord(item)),
  );
  const refused = lines.filter(({ record: item }, place) => {
    const at = erased[place];
    return at && (item.createdAt ?? at) <= at;
  });
  if (refused.length > 0)
    throw new RefusedLines(refused.map(({ line }) => ({ line, reason: "was erased since this file was written" })));
}

/** Whoever is kept out is not brought back by a file. @throws RefusedLines. */
export async function refuseSuppressedLines<T>(
  tx: Tx,
  actor: Actor,
  lines: Line<T>[],
  nameRecord: (record: T) => Admission,
): Promise<void> {
  const suppressed = await findSuppressed(
    tx,
    actor,
    lines.map(({ record: item }) => nameRecord(item)),
  );
  const refused = suppressed.flatMap((place) => lines[place] ?? []);
  if (refused.length > 0)
    throw new RefusedLines(refused.map(({ line }) => ({ line, reason: "was erased and is kept out (suppressed)" })));
}

/** The people whom the lines name, by their ids. @throws RefusedLines for lines of people who are not there. */
export async function findUsers(tx: Tx, actor: Actor, lines: Line<{ userId: string }>[]): Promise<Map<string, string>> {
  const users = await tx.user.findMany({
    where: { ...ofProject(actor), userId: { in: lines.map(({ record: item }) => item.userId) } },
    select: { uuid: true, userId: true },
  });
  const userUuids = new Map(users.map((user) => [user.userId, user.uuid]));
  refuseLines(lines, ({ userId }) =>
    userUuids.has(userId) ? null : "user_id: there is no such user, in the file above or stored",
  );
  return userUuids;
}

/** The conversations that the lines name and that are there, by their ids. */
export async function findSessions(tx: Tx, projectUuid: string, lines: Line<{ sessionId: string }>[]) {
  const ids = [...new Set(lines.map(({ record: item }) => item.sessionId))];
  const sessions = await tx.session.findMany({
    where: { ...ofProject({ projectUuid }), sessionId: { in: ids } },
    select: { uuid: true, sessionId: true, userUuid: true },
  });
  return new Map(sessions.map((session) => [session.sessionId, session]));
}
