import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import { type Actor, hashToken } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { makeKeyedHash, openBytes, sealBytes } from "#lib/auth/secret.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { BYTES, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { requireErasureKeys } from "#lib/keys/register.ts";
import { writeArchive } from "#lib/privacy/exports/archive.ts";
import type { createExportSchema, exportTokenSchema, revokeExportSchema } from "#lib/privacy/exports/schema.ts";
import { generateUuid } from "#lib/uuid.ts";

/** How long a copy can be had. */
const DAYS_KEPT = 14;

/** A person of a million messages takes a while; whoever writes to them waits for it. */
const EXPORT_TIMEOUT = 15 * 60_000;

export interface MadeExport {
  uuid: string;
  /** What the link carries, told now and never again. */
  token: string;
  expiresAt: Date;
  /** How many lines are about other people as well. */
  thirdParty: number;
}

/**
 * Makes a copy of everything about a person that whoever has its link can have once, within 14 days. It is stored sealed, and
 * the link is part of the key. @throws AppError `not_found`; `unavailable` without keys.
 */
export async function createExport(
  actor: Actor,
  { user: uuid }: z.infer<typeof createExportSchema>,
): Promise<MadeExport> {
  authorize(actor, "users:export");
  const token = randomBytes(32).toString("base64url");
  return runInTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
    const subjectRef = await lockPerson(tx, actor.projectUuid, uuid);
    const user = await tx.user.findUnique({ where: byUuid(actor, uuid), select: { userId: true } });
    if (!user || !subjectRef) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
    const { signing } = await requireErasureKeys(tx, "No copy was made");
    const expiresAt = new Date(Date.now() + DAYS_KEPT * 86_400_000);
    const place = { ...ofProject(actor), userUuid: uuid, uuid: generateUuid() };
    await tx.dataExport.create({
      data: { ...place, tokenHash: hashToken(token), createdBy: actor.uuid, expiresAt, sizeBytes: 0 },
    });
    const store = makePieceStore(tx, { ...place, token });
    const person = { ...ofProject(actor), uuid, userId: user.userId };
    const { bytes, lines, thirdParty } = await writeArchive(tx, actor, person, { key: signing, store });
    await tx.dataExport.update({
      where: { projectUuid_userUuid_uuid: place },
      data: { sizeBytes: bytes },
    });
    const { "sessions.jsonl": sessions = 0, "messages.jsonl": messages = 0, "graph/facts.jsonl": facts = 0 } = lines;
    await record(tx, actor, { action: "copy.made", subjectRef, data: { sessions, messages, facts } });
    return { uuid: place.uuid, token, expiresAt, thirdParty };
  }, EXPORT_TIMEOUT);
}

interface PiecePlace {
  projectUuid: string;
  userUuid: string;
  uuid: string;
  token: string;
}

function makePieceStore(tx: Tx, { projectUuid, userUuid, uuid: exportUuid, token }: PiecePlace) {
  let place = 0;
  return async (piece: Buffer) => {
    const sealed = sealBytes(makePieceKey(token), piece, { nonce: randomBytes(12), context: nameContext(place) });
    await tx.dataExportPiece.create({
      data: { projectUuid, userUuid, exportUuid, place, sealed: new Uint8Array(sealed) },
    });
    place += 1;
  };
}

/** Neither the database nor the link alone opens a copy. */
function makePieceKey(token: string): Buffer {
  return makeKeyedHash("data export", token);
}

function nameContext(place: number): string {
  return `piece ${place}`;
}

/** The names under which a copy is handed over, and its bytes. */
export interface ReceivedExport {
  fileName: string;
  bytes: Buffer;
}

/**
 * Hands a copy over to whoever has its link, once: what was stored of it goes with that.
 * @throws AppError `not_found` where it was had before, has expired or was taken back.
 */
export async function receiveExport(
  actor: Actor,
  { token }: z.infer<typeof exportTokenSchema>,
): Promise<ReceivedExport> {
  authorize(actor, "export:receive");
  return runInTransaction(async (tx) => {
    const [found] = await readRowsIn(tx, { userUuid: TEXT, uuid: TEXT, subjectRef: TEXT, createdAt: TIME })`
      UPDATE data_exports e SET downloaded_at = now() FROM users u
      WHERE ${inProject(actor, "e")} AND ${inProject(actor, "u")} AND u.uuid = e.user_uuid AND e.token_hash = ${hashToken(token)}
        AND e.downloaded_at IS NULL AND e.expires_at > now()
      RETURNING e.user_uuid AS "userUuid", e.uuid, u.subject_ref AS "subjectRef", e.created_at AS "createdAt"`;
    if (!found) throw new AppError("not_found", "This link leads to nothing any more.");
    const pieces = await readRowsIn(tx, { sealed: BYTES })`
      SELECT sealed FROM data_export_pieces WHERE ${inProject(actor)} AND user_uuid = ${found.userUuid}::uuid
        AND export_uuid = ${found.uuid}::uuid ORDER BY place`;
    const key = makePieceKey(token);
    const opened = pieces.map(({ sealed }, place) => openBytes(key, sealed, { context: nameContext(place) }));
    await tx.dataExportPiece.deleteMany({
      where: { ...ofProject(actor), userUuid: found.userUuid, exportUuid: found.uuid },
    });
    await record(tx, actor, { action: "copy.received", subjectRef: found.subjectRef });
    const day = found.createdAt.toISOString().slice(0, 10);
    return { fileName: `your-data-${day}.zip`, bytes: Buffer.concat(opened) };
  }, EXPORT_TIMEOUT);
}

/** Takes a copy back that has not been had. @throws AppError `not_found`. */
export async function revokeExport(
  actor: Actor,
  { user, dataExport }: z.infer<typeof revokeExportSchema>,
): Promise<void> {
  authorize(actor, "users:export");
  await runInTransaction(async (tx) => {
    const subjectRef = (await lockPerson(tx, actor.projectUuid, user)) ?? undefined;
    const where = { ...ofProject(actor), userUuid: user, uuid: dataExport, downloadedAt: null };
    const { count } = await tx.dataExport.deleteMany({ where });
    if (count === 0) throw new AppError("not_found", "This copy is gone, or was handed over.");
    await record(tx, actor, { action: "copy.revoked", subjectRef });
  });
}

/** Removes copies that hold what is being erased now: all of this person's that nobody has had yet. */
export async function dropExports(tx: Tx, project: { projectUuid: string }, userUuid: string): Promise<void> {
  await tx.dataExport.deleteMany({ where: { ...ofProject(project), userUuid, downloadedAt: null } });
}

/** Removes what is left of copies that have expired. @returns how many there were. */
export async function dropExpiredExports(): Promise<number> {
  const { count } = await db().dataExport.deleteMany({ where: { expiresAt: { lte: new Date() }, downloadedAt: null } });
  return count;
}
