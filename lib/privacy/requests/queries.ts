import { AUDIT_ACTIONS, isAuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, JSON_VALUE, NUMBER, nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, restrictToPeriod } from "#lib/db/sql.ts";
import { AppError } from "#lib/errors.ts";
import { findMailSender } from "#lib/mail/send.ts";
import { isPersonHeld } from "#lib/privacy/holds/queries.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import { countLetters, writeLetter } from "#lib/privacy/requests/letters.ts";
import { type RequestPlan, requestPlanSchema } from "#lib/privacy/requests/review.ts";
import type { RequestFilter, RequestQuery } from "#lib/privacy/requests/schema.ts";
import {
  findMailAddresses,
  type MailAddresses,
  type RequestSubject,
  readSubject,
} from "#lib/privacy/requests/subject.ts";
import {
  LAWS,
  type Law,
  REQUEST_CHANNELS,
  REQUEST_STATES,
  REQUEST_TYPES,
  type RefusalGround,
  type RequestChannel,
  type RequestState,
  type RequestType,
  readGround,
} from "#lib/privacy/requests/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A request as the queue shows it. */
export interface RequestRow {
  uuid: string;
  number: string;
  version: number;
  type: RequestType;
  law: Law;
  channel: RequestChannel;
  state: RequestState;
  receivedAt: Date;
  answerBy: Date;
  pausedAt: Date | null;
  closedAt: Date | null;
  answeredAt: Date | null;
  /** The user it is about, while they are known. */
  user: string | null;
  assignee: string | null;
  /** What whoever it is about is called: nothing once they have been told how it ended. */
  person: string | null;
}

const STORED_SHAPE: Shape<Omit<RequestRow, "person"> & { name: string | null; sealed: string | null }> = {
  uuid: TEXT,
  number: TEXT,
  version: NUMBER,
  type: oneOf(REQUEST_TYPES),
  law: oneOf(LAWS),
  channel: oneOf(REQUEST_CHANNELS),
  state: oneOf(REQUEST_STATES),
  receivedAt: TIME,
  answerBy: TIME,
  pausedAt: nullable(TIME),
  closedAt: nullable(TIME),
  answeredAt: nullable(TIME),
  user: nullable(TEXT),
  assignee: nullable(TEXT),
  name: nullable(TEXT),
  sealed: nullable(TEXT),
};

const REQUEST_COLUMNS = Prisma.sql`r.uuid, r.number::text, r.version, r.type::text, r.law::text, r.channel::text, r.state::text,
  r.received_at AS "receivedAt", r.answer_by AS "answerBy", r.paused_at AS "pausedAt", r.closed_at AS "closedAt", r.answered_at AS "answeredAt",
  q.user_uuid AS user, o.name AS assignee, s.sealed, coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.user_id) AS name`;

/** The page is picked before what else is shown of it is looked up. */
function joinSubjects(picked: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`FROM (${picked}) r
    LEFT JOIN request_people q ON ${sameProject("q", "r")} AND q.request_uuid = r.uuid
    LEFT JOIN users u ON ${sameProject("u", "r")} AND u.uuid = q.user_uuid
    LEFT JOIN request_subjects s ON ${sameProject("s", "r")} AND s.request_uuid = r.uuid
    LEFT JOIN operators o ON o.uuid = r.assigned_to`;
}

function toRow({ name, sealed, ...row }: typeof STORED_SHAPE extends Shape<infer Stored> ? Stored : never): RequestRow {
  return { ...row, person: name ?? readSubject(sealed)?.identifier ?? null };
}

const SORTS = { due: Prisma.sql`r.answer_by`, received: Prisma.sql`r.received_at` };

/** One page of the requests of a project. */
export async function listRequests(actor: Actor, query: RequestQuery): Promise<RequestRow[]> {
  authorize(actor, "requests:work");
  const order = query.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const sorted = Prisma.sql`ORDER BY ${SORTS[query.sort]} ${order}, r.number ${order}`;
  const picked = Prisma.sql`SELECT r.* FROM privacy_requests r WHERE ${buildFilterCondition(actor, query)} ${sorted}
    LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
  const rows = await readRowsIn(db(), STORED_SHAPE)`SELECT ${REQUEST_COLUMNS} ${joinSubjects(picked)} ${sorted}`;
  return rows.map(toRow);
}

/** How many there are, exactly. */
export async function countRequests(actor: Actor, filter: RequestFilter): Promise<number> {
  authorize(actor, "requests:work");
  const [counted] = await readRowsIn(db(), { total: NUMBER })`
    SELECT count(*)::int AS total FROM privacy_requests r WHERE ${buildFilterCondition(actor, filter)}`;
  return counted?.total ?? 0;
}

/** SQL: something is left to do, be it only to tell the person how it ended. Who never showed that it is they is told nothing. */
const IS_OPEN = Prisma.sql`r.answered_at IS NULL AND r.state <> 'expired'`;

function buildFilterCondition(actor: Actor, { state, type, law, due, whose, from, to }: RequestFilter): Prisma.Sql {
  return combineWithAnd([
    inProject(actor, "r"),
    state === "open" ? IS_OPEN : null,
    state === "closed" ? Prisma.sql`r.closed_at IS NOT NULL` : null,
    state && state !== "open" && state !== "closed" ? Prisma.sql`r.state = ${state}::request_state` : null,
    type ? Prisma.sql`r.type = ${type}::request_type` : null,
    law ? Prisma.sql`r.law = ${law}::request_law` : null,
    due === "overdue" ? Prisma.sql`${IS_OPEN} AND r.answer_by < now()` : null,
    due === "soon" ? Prisma.sql`${IS_OPEN} AND r.answer_by < now() + interval '7 days'` : null,
    whose === "mine" ? Prisma.sql`r.assigned_to = ${actor.uuid}::uuid` : null,
    whose === "nobodys" ? Prisma.sql`r.assigned_to IS NULL` : null,
    restrictToPeriod(Prisma.sql`r.received_at`, from, to),
  ]);
}

/** Somebody's decision on a plan. */
interface ApprovalRow {
  operator: string;
  step: string;
  approved: boolean;
  at: Date;
  /** It is of the plan as it is now. */
  counts: boolean;
}

export interface RequestDetails extends RequestRow {
  subject: RequestSubject | null;
  stateReason: string | null;
  refusalGround: RefusalGround | null;
  acknowledgeBy: Date | null;
  acknowledgedAt: Date | null;
  extendedAt: Date | null;
  extensionReason: string | null;
  verifiedAt: Date | null;
  executeAfter: Date | null;
  receiptUuid: string | null;
  keepsOut: boolean;
  plan: RequestPlan | null;
  undecided: number;
  mentions: number;
  approvals: ApprovalRow[];
  approvalsRequired: number;
  /** Whoever looks at it has filed it, or handed its plan in: somebody else approves it. */
  isFiler: boolean;
  /** It is about whoever looks at it. */
  isAboutThem: boolean;
  /** They have decided on this plan. */
  hasDecided: boolean;
  letter: { subject: string; text: string };
  /** How many have gone from here. */
  lettersSent: number;
  /** Their own copy of the receipt can still be given out, once. */
  hasOwnCopy: boolean;
  /** A legal hold keeps them from being erased. */
  isHeld: boolean;
  /** From which address mail is sent, and to which; null where no mail server is configured. */
  mail: ({ from: string } & MailAddresses) | null;
}

/** A request with all that it takes to work on it. @throws AppError `not_found`. */
export async function getRequest(actor: Actor, { request: uuid }: { request: string }): Promise<RequestDetails> {
  authorize(actor, "requests:work");
  const [stored] = await readRowsIn(db(), STORED_SHAPE)`
    SELECT ${REQUEST_COLUMNS} ${joinSubjects(Prisma.sql`SELECT r.* FROM privacy_requests r
      WHERE ${inProject(actor, "r")} AND r.uuid = ${uuid}::uuid`)}`;
  const found = await db().privacyRequest.findUnique({ where: byUuid(actor, uuid) });
  if (!stored || !found) throw new AppError("not_found", "There is no such request.");
  const row = toRow(stored);
  const place = { ...ofProject(actor), requestUuid: uuid };
  const approvals = await readRowsIn(db(), {
    operator: TEXT,
    step: TEXT,
    approved: BOOLEAN,
    at: TIME,
    counts: BOOLEAN,
    isOwn: BOOLEAN,
  })`
    SELECT o.name AS operator, a.step::text, a.approved, a.at, coalesce(a.plan_hash = ${found.planHash}, FALSE) AS counts,
      coalesce(a.operator_uuid = ${actor.uuid}::uuid, FALSE) AS "isOwn"
    FROM request_approvals a JOIN operators o ON o.uuid = a.operator_uuid
    WHERE ${inProject(actor, "a")} AND a.request_uuid = ${uuid}::uuid ORDER BY a.at`;
  const { approvalsRequired } = await findPolicy(db(), actor);
  const sender = findMailSender();
  const hasCopy = await hasOwnCopy(found);
  const { stateReason, acknowledgeBy, acknowledgedAt, extendedAt, extensionReason, verifiedAt, executeAfter } = found;
  return {
    ...row,
    refusalGround: readGround(found.refusalGround),
    ...{ stateReason, acknowledgeBy, acknowledgedAt, extendedAt, extensionReason, verifiedAt, executeAfter },
    receiptUuid: found.receiptUuid,
    keepsOut: found.keepsOut,
    subject: readSubject(stored.sealed),
    plan: found.plan === null ? null : requestPlanSchema.parse(found.plan),
    mentions: await db().requestMention.count({ where: place }),
    undecided: await db().requestMention.count({ where: { ...place, decision: null } }),
    approvals: approvals.map(({ isOwn: _, ...approval }) => approval),
    approvalsRequired,
    isFiler: actor.uuid !== null && [found.filedBy, found.submittedBy].includes(actor.uuid),
    isAboutThem: found.aboutOperator !== null && found.aboutOperator === actor.uuid,
    hasDecided: approvals.some(({ isOwn, counts, step }) => isOwn && counts && step === "plan"),
    letter: writeLetter({ ...row, stateReason, extensionReason, refusalGround: found.refusalGround, hasCopy }),
    hasOwnCopy: hasCopy,
    isHeld: row.type === "erasure" && row.user !== null && (await isPersonHeld(actor, { user: row.user })),
    lettersSent: await countLetters(db(), found),
    mail: sender ? { from: sender, ...(await findMailAddresses(db(), found)) } : null,
  };
}

/** Whether the person's own copy of the receipt can be given out. */
async function hasOwnCopy(request: { projectUuid: string; receiptUuid: string | null }): Promise<boolean> {
  if (request.receiptUuid === null) return false;
  return (
    (await db().receipt.count({
      where: { ...ofProject(request), uuid: request.receiptUuid, jws: { not: null }, nonce: { not: null } },
    })) > 0
  );
}

/** What was done on a request, from the audit trail, the latest first. */
export interface RequestEvent {
  seq: string;
  what: string;
  who: string | null;
  at: Date;
  state: string | null;
}

export async function listRequestEvents(actor: Actor, { request }: { request: string }): Promise<RequestEvent[]> {
  authorize(actor, "requests:work");
  const rows = await readRowsIn(db(), {
    seq: TEXT,
    action: TEXT,
    who: nullable(TEXT),
    at: TIME,
    data: JSON_VALUE,
    state: nullable(TEXT),
  })`
    SELECT e.seq::text, e.action, o.name AS who, e.at, e.data, e.data ->> 'state' AS state FROM audit_events e
    JOIN privacy_requests r ON ${sameProject("r", "e")} AND r.subject_ref = e.subject_ref AND e.data ->> 'request' = r.number::text
    LEFT JOIN operators o ON o.uuid = e.actor_uuid
    WHERE ${inProject(actor, "e")} AND r.uuid = ${request}::uuid ORDER BY e.seq DESC LIMIT 100`;
  return rows.map(({ action, data: _, ...row }) => ({
    ...row,
    what: isAuditAction(action) ? AUDIT_ACTIONS[action] : action,
  }));
}

/** Whether nothing new is taken in about a person, because a request of theirs is being settled or has asked for that. */
export async function isPersonRestricted(actor: Actor, { user }: { user: string }): Promise<boolean> {
  authorize(actor, "users:read");
  return (await db().restriction.count({ where: { ...ofProject(actor), userUuid: user } })) > 0;
}
