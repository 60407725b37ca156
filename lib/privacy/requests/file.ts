import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { isTakenKeyError } from "#lib/db/errors.ts";
import { nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import { computeDeadlines } from "#lib/privacy/requests/clocks.ts";
import { recordRequest } from "#lib/privacy/requests/move.ts";
import type { FileRequest } from "#lib/privacy/requests/schema.ts";
import { findSubject, storeSubject } from "#lib/privacy/requests/subject.ts";
import { generateUuid } from "#lib/uuid.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

export interface FiledRequest {
  request: string;
  number: number;
  answerBy: Date;
  /** False where it had been filed before, under the same reference. */
  isNew: boolean;
}

/**
 * Files what somebody asks for; from then on the clock of its law runs. The same reference of the same channel is filed once.
 * @throws AppError `invalid` on `identifier`; `conflict` for a request about oneself.
 */
export async function fileRequest(actor: Actor, input: FileRequest): Promise<FiledRequest> {
  authorize(actor, "requests:file");
  const { type, law, channel, receivedAt, keepsOut, identifier, contact } = input;
  const externalRef = input.externalRef || null;
  const place = ofProject(actor);
  const findKnown = async (tx: Pick<Tx, "privacyRequest">) =>
    externalRef === null ? null : tx.privacyRequest.findFirst({ where: { ...place, channel, externalRef } });
  const filing = runInTransaction(async (tx) => {
    const known = await findKnown(tx);
    if (known) return toFiled(known, false);
    const found = await findSubject(tx, actor, { identifier, contact }, { isOpen: actor.kind !== "api_key" });
    const [operator] = await readRowsIn(tx, { uuid: nullable(TEXT) })`
      SELECT (SELECT uuid FROM operators
        WHERE lower(email) IN (lower(${found.email ?? ""}), lower(${identifier}), lower(${contact}))
        ORDER BY uuid = ${actor.uuid}::uuid DESC NULLS LAST, uuid LIMIT 1) AS uuid`;
    const aboutOperator = operator?.uuid ?? null;
    if (aboutOperator && aboutOperator === actor.uuid)
      throw new AppError("conflict", "This would be a request about yourself: somebody else has to file it.");
    const { timeZone } = await findPolicy(tx, actor);
    const { acknowledgeBy, answerBy } = computeDeadlines(law, receivedAt, timeZone);
    const request = await tx.privacyRequest.create({
      data: {
        ...place,
        uuid: generateUuid(),
        ...{ type, law, channel, externalRef, receivedAt, acknowledgeBy, answerBy, keepsOut, aboutOperator },
        subjectRef: found.subjectRef,
        filedBy: actor.kind === "operator" ? actor.uuid : null,
        filedByKey: actor.kind === "api_key",
      },
    });
    await storeSubject(tx, actor, request.uuid, found);
    await recordRequest(tx, actor, request, "request.filed", { state: "received" });
    return toFiled(request, true);
  });
  return filing.catch(async (error: unknown) => {
    // Somebody has filed the same at the same moment.
    const known = isTakenKeyError(error) ? await findKnown(db()) : null;
    if (known) return toFiled(known, false);
    throw error;
  });
}

function toFiled({ uuid, number, answerBy }: PrivacyRequest, isNew: boolean): FiledRequest {
  return { request: uuid, number: Number(number), answerBy, isNew };
}
