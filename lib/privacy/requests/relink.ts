import type { Actor } from "#lib/auth/actor.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { findSubject, readSubject } from "#lib/privacy/requests/subject.ts";

/** The user whom a request is about: also one who was added since it was filed. @returns null where nobody is known. */
export async function relinkPerson(actor: Actor, requestUuid: string): Promise<string | null> {
  const place = { ...ofProject(actor), requestUuid };
  const where = { projectUuid_requestUuid: place };
  const linked = await db().requestPerson.findUnique({ where, select: { userUuid: true } });
  if (linked) return linked.userUuid;
  const stored = await db().requestSubject.findUnique({ where, select: { sealed: true } });
  const subject = readSubject(stored?.sealed ?? null);
  if (!subject) return null;
  return runInTransaction(async (tx) => {
    const { userUuid } = await findSubject(
      tx,
      actor,
      { identifier: subject.identifier, contact: "" },
      { isOpen: false },
    );
    if (userUuid) await tx.requestPerson.createMany({ skipDuplicates: true, data: [{ ...place, userUuid }] });
    return userUuid;
  });
}
