import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { BOOLEAN, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { eraseGraph } from "#lib/graph/edit/forget.ts";
import { moveSessionEpisodes } from "#lib/graph/edit/move.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import { refuseSuppressed } from "#lib/suppression/admit.ts";

export interface OwnedSession {
  uuid: string;
  userUuid: string;
  subjectRef: string;
  /** The user is none that an application has named: the session came first. */
  placeholder: boolean;
}

const OWNED_SESSION_SHAPE: Shape<OwnedSession> = { uuid: TEXT, userUuid: TEXT, subjectRef: TEXT, placeholder: BOOLEAN };

/**
 * The session with the application's own id, and whose it is, with that person's row taken: until the transaction ends nobody
 * else gets it. It may have been given to somebody while one waited for the row, so it is asked once more.
 */
export async function lockOwnedSession(tx: Tx, actor: Actor, sessionId: string): Promise<OwnedSession | null> {
  for (let found = await findOwnedSession(tx, actor, sessionId); ; ) {
    if (!found) return null;
    await lockPerson(tx, actor.projectUuid, found.userUuid);
    const again = await findOwnedSession(tx, actor, sessionId);
    if (again?.userUuid === found.userUuid) return again;
    found = again;
  }
}

async function findOwnedSession(tx: Tx, actor: Actor, sessionId: string): Promise<OwnedSession | null> {
  const [session] = await readRowsIn(tx, OWNED_SESSION_SHAPE)`
    SELECT s.uuid, s.user_uuid AS "userUuid", u.subject_ref AS "subjectRef", u.placeholder
    FROM sessions s JOIN users u ON ${sameProject("u", "s")} AND u.uuid = s.user_uuid
    WHERE ${inProject(actor, "s")} AND s.session_id = ${sessionId}`;
  return session ?? null;
}

/**
 * Begins a session that nobody has announced, so that what is said in it is not lost. A session belongs to someone, so it
 * gets a user of its own, whose id is the session's and who is marked as a placeholder until somebody claims the session.
 * @throws AppError `not_found` where a person has that id: what a stranger says must not become theirs.
 */
export async function beginUnannouncedSession(tx: Tx, actor: Actor, sessionId: string): Promise<OwnedSession> {
  const { projectUuid } = actor;
  const place = { projectUuid, userId: sessionId };
  const { count } = await tx.user.createMany({ skipDuplicates: true, data: [{ ...place, placeholder: true }] });
  const user = await tx.user.findUniqueOrThrow({
    where: { projectUuid_userId: { ...ofProject(actor), userId: sessionId } },
    select: { uuid: true, subjectRef: true, placeholder: true },
  });
  if (!user.placeholder) throw new AppError("not_found", "There is no such session, and its id is a user's.");
  const { subjectRef, placeholder } = user;
  if (count > 0) await record(tx, actor, { action: "user.created", subjectRef, data: { placeholder } });
  const data = { projectUuid, userUuid: user.uuid, sessionId };
  const begun = await tx.session.createMany({ skipDuplicates: true, data: [data] });
  const kinds = ["session_id", "user_id", "email"] as const;
  await refuseSuppressed(
    tx,
    actor,
    kinds.map((kind) => ({ kind, value: sessionId })),
  );
  const session = await lockOwnedSession(tx, actor, sessionId);
  if (!session) throw new AppError("not_found", "There is no such session.");
  if (begun.count > 0) await record(tx, actor, { action: "session.created", subjectRef });
  return session;
}

/**
 * Gives a placeholder's session to the person whose it is, with its messages and what they left in memory. A placeholder
 * that nothing is left of goes.
 */
export async function adoptSession(
  tx: Tx,
  actor: Actor,
  session: Pick<OwnedSession, "uuid" | "userUuid">,
  userUuid: string,
): Promise<void> {
  const { projectUuid } = actor;
  const { uuid: sessionUuid, userUuid: placeholder } = session;
  // In one order for all writers, so that no two wait for each other.
  for (const person of [userUuid, placeholder].sort()) await lockPerson(tx, projectUuid, person);
  const from = await lockGraph(tx, { projectUuid, uuid: placeholder });
  const to = await lockGraph(tx, { projectUuid, uuid: userUuid });
  await moveSessionEpisodes(tx, from, to, sessionUuid);
  // Messages and the counts of both people follow by the database's own rules.
  const moved = await tx.session.update({ where: byUuid(actor, sessionUuid), data: { userUuid } });
  const data = { sessions: 1, messages: moved.messageCount };
  await record(tx, actor, { action: "session.adopted", subjectRef: to.subjectRef, data });
  if (await isDeserted(tx, actor, placeholder)) {
    const erased = await eraseGraph(tx, from);
    await tx.user.delete({ where: byUuid(actor, placeholder) });
    await record(tx, actor, { action: "user.erased", subjectRef: from.subjectRef, data: { ...erased } });
  }
}

async function isDeserted(tx: Tx, actor: Actor, userUuid: string): Promise<boolean> {
  const [left] = await readRowsIn(tx, { sessions: BOOLEAN, episodes: BOOLEAN })`
    SELECT EXISTS (SELECT FROM sessions WHERE ${inProject(actor)} AND user_uuid = ${userUuid}::uuid) AS sessions,
      EXISTS (SELECT FROM episodes WHERE ${inProject(actor)} AND graph_uuid = ${userUuid}::uuid) AS episodes`;
  return !left?.sessions && !left?.episodes;
}
