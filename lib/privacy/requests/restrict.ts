import type { Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

/** Keeps what is known of whoever a request is about as it is, or lets it change again (GDPR, Art. 18). */
export async function restrictSubject(tx: Tx, request: PrivacyRequest, isRestricted: boolean): Promise<void> {
  const place = { ...ofProject(request), requestUuid: request.uuid };
  const person = await tx.requestPerson.findUnique({ where: { projectUuid_requestUuid: place } });
  if (!person) return;
  const row = { ...place, userUuid: person.userUuid };
  if (isRestricted) await tx.restriction.createMany({ skipDuplicates: true, data: [row] });
  else await tx.restriction.deleteMany({ where: row });
}
