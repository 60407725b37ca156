import { record } from "#lib/audit/record.ts";
import { Actor } from "#lib/auth/actor.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { NUMBER, nullable, readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, ofProject, sameProject } from "#lib/db/scope.ts";
import { toFailure } from "#lib/errors.ts";
import { generateUuid } from "#lib/uuid.ts";
import { type PostAnswer, postJson } from "#lib/webhooks/post.ts";
import { openWebhookSecret, signDelivery } from "#lib/webhooks/secrets.ts";
import { DELIVERY_DAYS, RETRY_DELAYS } from "#lib/webhooks/terms.ts";

/** So many of one webhook are sent at once: a receiver that is slow keeps nobody else waiting for long. */
const MOST_OF_ONE = 5;
const MOST_AT_ONCE = 50;

/** After so many seconds whoever took a delivery on and said nothing of it is taken for dead. */
const LEASE = 60;

const DUE_SHAPE = {
  projectUuid: TEXT,
  uuid: TEXT,
  webhook: TEXT,
  url: TEXT,
  body: TEXT,
  tries: NUMBER,
  secret: TEXT,
  formerSecret: nullable(TEXT),
  formerUntil: nullable(TIME),
  slug: TEXT,
};
type DueDelivery = Awaited<ReturnType<typeof takeDue>>[number];

/**
 * Sends what is due to webhooks, and writes down what came of it. What a process that died was sending is sent again: a
 * receiver may see an event twice, always under the same id. @returns how many were tried.
 */
export async function deliverEvents(): Promise<number> {
  const due = await takeDue();
  await Promise.all(due.map((delivery) => attemptDelivery(delivery).catch((error: unknown) => toFailure(error))));
  return due.length;
}

/** Takes on what is due, so that no other process does at the same time. */
function takeDue() {
  return readRows(DUE_SHAPE)`
    WITH due AS (
      SELECT d.project_uuid, d.uuid FROM webhooks w CROSS JOIN LATERAL (
        SELECT project_uuid, uuid FROM webhook_deliveries d WHERE ${sameProject("d", "w")} AND d.webhook_uuid = w.uuid
          AND d.next_at <= now() ORDER BY d.next_at LIMIT ${MOST_OF_ONE} FOR UPDATE SKIP LOCKED) d
      WHERE w.disabled_at IS NULL LIMIT ${MOST_AT_ONCE})
    UPDATE webhook_deliveries d SET tries = d.tries + 1, next_at = now() + ${LEASE} * interval '1 second'
    FROM due, webhooks w, projects p
    WHERE ${sameProject("d", "due")} AND d.uuid = due.uuid AND ${sameProject("w", "d")} AND w.uuid = d.webhook_uuid
      AND p.uuid = d.project_uuid
    RETURNING d.project_uuid AS "projectUuid", d.uuid, w.uuid AS webhook, w.url, d.body, d.tries, w.secret,
      w.former_secret AS "formerSecret", w.former_until AS "formerUntil", p.slug`;
}

async function attemptDelivery(delivery: DueDelivery): Promise<void> {
  const at = new Date();
  const answer = await send(delivery, at).catch((error: unknown) => describeSilence(error));
  await noteAttempt(delivery, at, answer);
}

type Answer = PostAnswer | { status: null; retryAfter: null; problem: string };

async function send({ url, uuid, body, secret, formerSecret, formerUntil }: DueDelivery, at: Date): Promise<Answer> {
  const former = formerSecret !== null && formerUntil !== null && formerUntil > at ? [formerSecret] : [];
  const secrets = [secret, ...former].map(openWebhookSecret);
  return postJson(url, { ...signDelivery(secrets, { uuid, body }, at), "user-agent": "Lethe" }, body);
}

function describeSilence(error: unknown): Answer {
  return { status: null, retryAfter: null, problem: error instanceof Error ? error.message : "It could not be sent." };
}

/** A receiver that answers 410 wants nothing any more (specification 1.0.0, "Response status codes"). */
const GONE = 410;

async function noteAttempt(delivery: DueDelivery, at: Date, answer: Answer): Promise<void> {
  const { projectUuid, uuid, tries } = delivery;
  const { status } = answer;
  const hasArrived = status !== null && status >= 200 && status < 300;
  const pause = hasArrived || status === GONE ? undefined : RETRY_DELAYS[tries - 1];
  const nextAt = pause === undefined ? null : new Date(Date.now() + Math.max(pause, answer.retryAfter ?? 0) * 1_000);
  const actor = await Actor.ofCommandLine(delivery.slug);
  await runInTransaction(async (tx) => {
    // It may have been deleted meanwhile, and its webhook with it.
    const { count } = await tx.webhookDelivery.updateMany({
      where: { ...ofProject({ projectUuid }), uuid },
      data: { nextAt, ...(hasArrived ? { arrivedAt: at } : {}) },
    });
    if (count === 0) return;
    await tx.webhookAttempt.create({
      data: {
        ...ofProject({ projectUuid }),
        uuid: generateUuid(),
        deliveryUuid: uuid,
        at,
        status,
        problem: "problem" in answer ? answer.problem : null,
        milliseconds: Math.min(Date.now() - at.getTime(), 2 ** 31 - 1),
      },
    });
    if (status !== GONE) return;
    await tx.webhook.update({
      where: byUuid({ projectUuid }, delivery.webhook),
      data: { disabledAt: new Date(), disabledReason: "The receiver answered 410: it wants nothing any more." },
    });
    await record(tx, actor, { action: "webhook.disabled", objectUuid: delivery.webhook });
  });
}

/** Drops what was sent long ago. @returns how much it was. */
export async function dropOldDeliveries(): Promise<number> {
  const before = new Date(Date.now() - DELIVERY_DAYS * 86_400_000);
  const { count } = await db().webhookDelivery.deleteMany({ where: { createdAt: { lt: before }, nextAt: null } });
  return count;
}
