import { isDeepStrictEqual } from "node:util";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { toJsonInput, toOptionalJsonInput } from "#lib/db/json.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { refreshAfterUserRename } from "#lib/graph/summary/rename.ts";
import { listIdentifiers } from "#lib/keys/hashes.ts";
import { refuseSuppressed } from "#lib/suppression/admit.ts";
import { type LockedUser, lockUser, lockUserById } from "#lib/users/lock.ts";
import {
  findUserRecord,
  USER_COLUMNS,
  USER_RECORD_SELECT,
  USER_RECORD_SHAPE,
  type UserRecord,
} from "#lib/users/record.ts";
import type { NewUser, UpdateUser, UserPatch } from "#lib/users/schema.ts";
import { getDisplayName } from "#lib/users/terms.ts";
import { generateUuid } from "#lib/uuid.ts";
import { mergeMetadata } from "#lib/validation.ts";

/**
 * Adds a person, whose graph with the person's node begins at once. A placeholder with that id becomes the person. A repeat
 * that names the same uuid finds what it made. @throws AppError `taken` on `userId`.
 */
export async function createUser(actor: Actor, input: NewUser): Promise<UserRecord> {
  authorize(actor, "users:write");
  const { uuid = generateUuid(), userId, email, firstName, lastName, metadata, timeZone = null } = input;
  const { factRatingInstruction = null, disableDefaultOntology = false } = input;
  const creation = runInTransaction(async (tx) => {
    const [created] = await readRowsIn(tx, { ...USER_RECORD_SHAPE, subjectRef: TEXT })`
      INSERT INTO users AS known (project_uuid, uuid, user_id, email, first_name, last_name, metadata, subject_ref,
        fact_rating_instruction, time_zone, disable_default_ontology)
      VALUES (${actor.projectUuid}::uuid, ${uuid}::uuid, ${userId}, ${email}, ${firstName}, ${lastName},
        ${JSON.stringify(metadata)}::jsonb, gen_random_uuid(),
        ${factRatingInstruction && JSON.stringify(factRatingInstruction)}::jsonb, ${timeZone}, ${disableDefaultOntology})
      ON CONFLICT (project_uuid, user_id) DO UPDATE SET email = excluded.email, first_name = excluded.first_name,
        last_name = excluded.last_name, metadata = excluded.metadata, time_zone = excluded.time_zone,
        fact_rating_instruction = excluded.fact_rating_instruction,
        disable_default_ontology = excluded.disable_default_ontology, placeholder = FALSE, updated_at = now()
        WHERE known.placeholder
      RETURNING ${USER_COLUMNS}, subject_ref AS "subjectRef"`;
    if (!created) return null;
    const { subjectRef, ...user } = created;
    await refuseSuppressed(tx, actor, listIdentifiers(user));
    if (user.uuid !== uuid) await refreshAfterUserRename(tx, user, userId);
    await record(tx, actor, { action: "user.created", subjectRef });
    return user;
  });
  const user = await refuseTakenKey(creation, { uuid: "Belongs to something else." });
  if (user) return user;
  // An earlier try of this very call may have made the user.
  const known = await findUserRecord(actor.projectUuid, userId);
  if (known && known.uuid === input.uuid) return known;
  throw new AppError("taken", "Some fields need attention.", { userId: "There already is a user with this id." });
}

/**
 * Replaces the record's fields, if nobody has edited it since the named version.
 * @throws AppError `not_found`; `conflict` when someone else's edit came first.
 */
export async function updateUser(actor: Actor, input: UpdateUser): Promise<{ version: number }> {
  authorize(actor, "users:write");
  return runInTransaction(async (tx) => {
    const user = await lockUser(tx, actor, input.uuid);
    if (user.version !== input.version) {
      throw new AppError(
        "conflict",
        "Someone else changed this record while you were editing. Your text is still here.",
      );
    }
    const { email, firstName, lastName, metadata } = input;
    const { version } = await saveUser(tx, actor, user, { email, firstName, lastName, metadata });
    return { version };
  });
}

/**
 * Changes what the patch names and merges its metadata into what is there.
 * @throws AppError `not_found`; `invalid` when the merged metadata is too large.
 */
export async function updateUserFields(actor: Actor, userId: string, patch: UserPatch): Promise<UserRecord> {
  authorize(actor, "users:write");
  authorize(actor, "users:read");
  return runInTransaction(async (tx) => {
    const user = await lockUserById(tx, actor, userId);
    const metadata = patch.metadata && mergeMetadata(user.metadata, patch.metadata);
    return saveUser(tx, actor, user, { ...patch, metadata });
  });
}

/** Fields of a record as they are to be; what is absent stays. */
type UserChanges = Omit<UserPatch, "email" | "firstName" | "lastName"> & {
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
};

const EDITABLE = [
  "email",
  "firstName",
  "lastName",
  "metadata",
  "factRatingInstruction",
  "timeZone",
  "disableDefaultOntology",
] as const;

/** Writes what differs, with its event; where nothing does, nothing is written. */
async function saveUser(tx: Tx, actor: Actor, user: LockedUser, changes: UserChanges) {
  const fields = EDITABLE.filter(
    (field) => changes[field] !== undefined && !isDeepStrictEqual(user[field], changes[field]),
  );
  const { subjectRef, ...kept } = user;
  if (fields.length === 0) return kept;
  const { metadata, factRatingInstruction, ...plain } = changes;
  const saved = await tx.user.update({
    where: byUuid(actor, user.uuid),
    data: {
      ...plain,
      metadata: metadata && toJsonInput(metadata),
      factRatingInstruction: toOptionalJsonInput(factRatingInstruction),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
    select: { ...USER_RECORD_SELECT, version: true },
  });
  if (fields.includes("email")) await refuseSuppressed(tx, actor, listIdentifiers(saved));
  const formerName = getDisplayName(user);
  if (getDisplayName(saved) !== formerName) await refreshAfterUserRename(tx, user, formerName);
  await record(tx, actor, { action: "user.updated", subjectRef, data: { fields } });
  return saved;
}
