import { z } from "zod";
import { makePseudonym } from "#lib/auth/secret.ts";
import type { Tx } from "#lib/db/client.ts";
import { nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { openSubject, sealSubject } from "#lib/privacy/receipts/seal.ts";
import { isCalled } from "#lib/privacy/subject.ts";
import { deriveUuidFromText } from "#lib/uuid.ts";

/** What is known of whoever a request is about. Kept sealed, until they have been told how it ended. */
const subjectSchema = z.object({
  /** What they were named by when it was filed. */
  identifier: z.string(),
  userId: z.string().nullable(),
  name: z.string().nullable(),
  /** Where they are to be answered. */
  contact: z.string().nullable(),
});
export type RequestSubject = z.infer<typeof subjectSchema>;

/** A person as a request finds them, and the name that its events call them by. */
export interface FoundSubject {
  userUuid: string | null;
  subjectRef: string;
  email: string | null;
  subject: RequestSubject;
}

/**
 * Finds whom an id or an address stands for. Somebody unknown gets a reference that is always the same for the same words.
 * @param isOpen whether whoever asks may know that there are several; without it nobody is found then.
 * @throws AppError `invalid` on `identifier` where an address is of several people.
 */
export async function findSubject(
  tx: Pick<Tx, "$queryRaw">,
  project: { projectUuid: string },
  { identifier, contact }: { identifier: string; contact: string },
  { isOpen = true }: { isOpen?: boolean } = {},
): Promise<FoundSubject> {
  const people = await readRowsIn(tx, {
    uuid: TEXT,
    subjectRef: TEXT,
    userId: TEXT,
    email: nullable(TEXT),
    name: nullable(TEXT),
  })`
    SELECT uuid, subject_ref AS "subjectRef", user_id AS "userId", email, nullif(concat_ws(' ', first_name, last_name), '') AS name
    FROM users WHERE ${inProject(project)} AND ${isCalled(identifier)}
    ORDER BY user_id <> ${identifier} LIMIT 2`;
  const [best, second] = people;
  const isUnclear = best !== undefined && second !== undefined && best.userId !== identifier;
  const first = isUnclear ? undefined : best;
  if (isUnclear && isOpen)
    throw new AppError("invalid", "Nothing was filed.", {
      identifier: "Several people have this address. Name the one that is meant by their user ID.",
    });
  const address = contact || (first?.email ?? (identifier.includes("@") ? identifier : null));
  return {
    userUuid: first?.uuid ?? null,
    subjectRef:
      first?.subjectRef ??
      deriveUuidFromText(makePseudonym("request subject", `${project.projectUuid} ${identifier.toLowerCase()}`)),
    email: first?.email ?? null,
    subject: { identifier, userId: first?.userId ?? null, name: first?.name ?? null, contact: address },
  };
}

/** Keeps who a request is about. */
export async function storeSubject(
  tx: Tx,
  project: { projectUuid: string },
  requestUuid: string,
  { userUuid, subject }: FoundSubject,
): Promise<void> {
  const place = { ...ofProject(project), requestUuid };
  await tx.requestSubject.create({ data: { ...place, sealed: sealSubject(JSON.stringify(subject)) } });
  if (userUuid) await tx.requestPerson.create({ data: { ...place, userUuid } });
}

/** Where a person can be written to. Null where no e-mail address is known. */
export interface MailAddresses {
  /** Where they want to be answered. */
  letters: string | null;
  /**
   * Where a code shows that it is they who ask: the address in their record; of who is not known, the address that the request names
   * them by. Never one that came with the request to be answered at, since anybody could have given it.
   */
  codes: string | null;
}

export async function findMailAddresses(
  tx: Pick<Tx, "requestSubject" | "requestPerson">,
  { projectUuid, uuid }: { projectUuid: string; uuid: string },
): Promise<MailAddresses> {
  const where = { projectUuid_requestUuid: { ...ofProject({ projectUuid }), requestUuid: uuid } };
  const kept = await tx.requestSubject.findUnique({ where, select: { sealed: true } });
  const person = await tx.requestPerson.findUnique({ where, select: { user: { select: { email: true } } } });
  const subject = readSubject(kept?.sealed ?? null);
  return {
    letters: readAddress(subject?.contact),
    codes: readAddress(person ? person.user.email : subject?.identifier),
  };
}

function readAddress(text: string | null | undefined): string | null {
  const parsed = z.email().safeParse(text);
  return parsed.success ? parsed.data : null;
}

/** The one of them that is needed. @throws AppError `conflict` where it is not the one that whoever sends something has seen. */
export async function requireMailAddress(
  tx: Tx,
  request: { projectUuid: string; uuid: string },
  { use, seen }: { use: keyof MailAddresses; seen: string },
): Promise<string> {
  const address = (await findMailAddresses(tx, request))[use];
  if (address === null || address !== seen)
    throw new AppError("conflict", "Their address is another one by now. Reload to see it; nothing was sent.");
  return address;
}

/** Opens what was kept; null once they have been told, or where it was sealed with another secret. */
export function readSubject(sealed: string | null): RequestSubject | null {
  if (sealed === null) return null;
  try {
    return subjectSchema.parse(JSON.parse(openSubject(sealed)));
  } catch {
    return null;
  }
}
