import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { makePseudonym } from "#lib/auth/secret.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { isTakenKeyError } from "#lib/db/errors.ts";
import { nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import { computeDeadlines } from "#lib/privacy/requests/clocks.ts";
import { recordRequest } from "#lib/privacy/requests/move.ts";
import type { FileRequest } from "#lib/privacy/requests/schema.ts";
import { findSubject, readSubject, storeSubject } from "#lib/privacy/requests/subject.ts";
import { generateUuid } from "#lib/uuid.ts";
import { announceEvent } from "#lib/webhooks/announce.ts";
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
  const { type, law, channel, receivedAt, keepsOut } = input;
  const place = ofProject(actor);
  const filing = runInTransaction(async (tx) => {
    const known = await findFiled(tx, actor, input);
    if (known) return toFiled(known, false);
    const { found, aboutOperator } = await lookAtSubject(tx, actor, input);
    const { acknowledgeBy, answerBy } = computeDeadlines(law, receivedAt, await findPolicy(tx, actor));
    const request = await tx.privacyRequest.create({
      data: {
        ...place,
        uuid: generateUuid(),
        ...{ type, law, channel, receivedAt, acknowledgeBy, answerBy, keepsOut, aboutOperator },
        externalRef: input.externalRef ? hideReference(actor, input.externalRef) : null,
        subjectRef: found.subjectRef,
        filedBy: actor.kind === "operator" ? actor.uuid : null,
        filedByKey: actor.kind === "api_key",
      },
    });
    await storeSubject(tx, actor, request.uuid, found);
    await recordRequest(tx, actor, request, "request.filed", { state: "received" });
    await announceEvent(tx, actor, {
      event: "request.received",
      request: Number(request.number),
      userId: found.subject.userId ?? input.identifier,
    });
    return toFiled(request, true);
  });
  return filing.catch(async (error: unknown) => {
    // Somebody has filed the same at the same moment.
    const known = isTakenKeyError(error) ? await findFiled(db(), actor, input) : null;
    if (known) return toFiled(known, false);
    throw error;
  });
}

/**
 * What filing this would do, without doing it. @returns what was filed under its reference before, else whether the person is known.
 * @throws AppError what `fileRequest` would throw.
 */
export async function checkFiling(
  actor: Actor,
  input: FileRequest,
): Promise<{ filed: FiledRequest | null; isPersonKnown: boolean }> {
  authorize(actor, "requests:work");
  const known = await findFiled(db(), actor, input);
  if (known) return { filed: toFiled(known, false), isPersonKnown: false };
  const { found } = await lookAtSubject(db(), actor, input);
  return { filed: null, isPersonKnown: found.userUuid !== null };
}

type Reader = Pick<Tx, "privacyRequest" | "$queryRaw">;

/** What was filed under this reference. @throws AppError `invalid` on `externalRef` where that was about something else. */
async function findFiled(tx: Reader, actor: Actor, { type, channel, externalRef, identifier }: FileRequest) {
  if (!externalRef) return null;
  const hidden = hideReference(actor, externalRef);
  const filed = await tx.privacyRequest.findFirst({
    where: { ...ofProject(actor), channel, externalRef: hidden },
    include: { subject: { select: { sealed: true } } },
  });
  // Once the person has been told, nothing says any more whom it was about.
  const subject = readSubject(filed?.subject?.sealed ?? null);
  const isSame =
    filed?.type === type && (subject === null || subject.identifier.toLowerCase() === identifier.toLowerCase());
  if (filed && !isSame)
    throw new AppError("invalid", "Nothing was filed.", {
      externalRef: `This reference is that of request ${filed.number}, which is about somebody or something else.`,
    });
  return filed;
}

/**
 * What is kept of a reference: enough to know it again for as long as there is the request, and nothing to read. People put
 * names and addresses into references.
 */
function hideReference({ projectUuid }: { projectUuid: string }, externalRef: string): string {
  return makePseudonym("request reference", `${projectUuid} ${externalRef}`);
}

/** Whom a request is about, and whether that is somebody of the team. @throws AppError `invalid`; `conflict` for oneself. */
async function lookAtSubject(tx: Reader, actor: Actor, { identifier, contact }: FileRequest) {
  const found = await findSubject(tx, actor, { identifier, contact }, { isOpen: actor.kind !== "api_key" });
  const [operator] = await readRowsIn(tx, { uuid: nullable(TEXT) })`
    SELECT (SELECT uuid FROM operators
      WHERE lower(email) IN (lower(${found.email ?? ""}), lower(${identifier}), lower(${contact}))
      ORDER BY uuid = ${actor.uuid}::uuid DESC NULLS LAST, uuid LIMIT 1) AS uuid`;
  const aboutOperator = operator?.uuid ?? null;
  if (aboutOperator && aboutOperator === actor.uuid)
    throw new AppError("conflict", "This would be a request about yourself: somebody else has to file it.");
  return { found, aboutOperator };
}

function toFiled({ uuid, number, answerBy }: PrivacyRequest, isNew: boolean): FiledRequest {
  return { request: uuid, number: Number(number), answerBy, isNew };
}
