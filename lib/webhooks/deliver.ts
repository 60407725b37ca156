import { record } from "#lib/audit/record.ts";
import { Actor } from "#lib/auth/actor.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { NUMBER, nullable, readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { toFailure } from "#lib/errors.ts";
import { generateUuid } from "#lib/uuid.ts";
import { type PostAnswer, postJson } from "#lib/webhooks/post.ts";
import { openWebhookSecret, signDelivery } from "#lib/webhooks/secrets.ts";
import { DELIVERY_DAYS, RETRY_DELAYS } from "#lib/webhooks/terms.ts";

/** So many of one webhook are sent at once, and to so many webhooks: one that is slow keeps nobody else waiting. */
const MOST_OF_ONE = 5;
const MOST_LANES = 50;

/** After so many seconds whoever took a delivery on and said nothing of it is taken for dead. */
const LEASE = 60;

/** The longest pause that a receiver is given that asks for one, in seconds. */
const LONGEST_PAUSE = 86_400;

const DUE_SHAPE = {
  projectUuid: TEXT,
  uuid: TEXT,
  webhook: TEXT,
  url: TEXT,
  body: TEXT,
  tries: NUMBER,
  lease: TIME,
  secret: TEXT,
  formerSecret: nullable(TEXT),
  formerUntil: nullable(TIME),
  slug: TEXT,
};
type DueDelivery = Awaited<ReturnType<typeof takeDue>>[number];

/**
 * Sends what is due to webhooks, each in a lane of its own, and writes down what came of it. What a process that died was sending
 * is sent again: a receiver may see an event twice, always under the same id.
 */
export class Deliverer {
  readonly #lanes = new Map<string, Promise<void>>();
  #stopped = false;

  /** Begins with whoever has something due, the longest due first, and waits for nobody. @returns how many lanes it has begun. */
  async begin(): Promise<number> {
    const free = MOST_LANES - this.#lanes.size;
    if (free <= 0) return 0;
    const due = await listDue([...this.#lanes.keys()], free);
    for (const { projectUuid, webhook } of due) {
      const lane = this.#run({ projectUuid, webhook }).catch((error: unknown) => void toFailure(error));
      this.#lanes.set(
        webhook,
        lane.finally(() => this.#lanes.delete(webhook)),
      );
    }
    return due.length;
  }

  /** Waits for what is being sent. */
  async settle(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  /** Ends after what is being sent. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.settle();
  }

  async #run(lane: { projectUuid: string; webhook: string }): Promise<void> {
    while (!this.#stopped) {
      const due = await takeDue(lane);
      if (due.length === 0) return;
      await Promise.all(due.map((delivery) => attemptDelivery(delivery).catch((error: unknown) => toFailure(error))));
    }
  }
}

/** Sends everything that is due now. @returns to how many webhooks something was sent. */
export async function deliverEvents(): Promise<number> {
  const deliverer = new Deliverer();
  const begun = await deliverer.begin();
  await deliverer.settle();
  return begun;
}

/** Webhooks with something due, but for those that are being sent to. */
function listDue(busy: string[], most: number): Promise<{ projectUuid: string; webhook: string }[]> {
  return readRows({ projectUuid: TEXT, webhook: TEXT })`
    SELECT d.project_uuid AS "projectUuid", d.webhook_uuid AS webhook FROM webhook_deliveries d
    JOIN webhooks w ON ${sameProject("w", "d")} AND w.uuid = d.webhook_uuid AND w.disabled_at IS NULL
    WHERE d.next_at <= now() AND NOT d.webhook_uuid = ANY(${busy}::uuid[])
    GROUP BY d.project_uuid, d.webhook_uuid ORDER BY min(d.next_at) LIMIT ${most}`;
}

/** Takes on what is due to one webhook, so that no other process does at the same time. */
function takeDue({ projectUuid, webhook }: { projectUuid: string; webhook: string }) {
  return readRows(DUE_SHAPE)`
    WITH due AS (
      SELECT d.project_uuid, d.uuid FROM webhook_deliveries d JOIN webhooks w ON ${sameProject("w", "d")} AND w.uuid = d.webhook_uuid
      WHERE ${inProject({ projectUuid }, "d")} AND d.webhook_uuid = ${webhook}::uuid AND d.next_at <= now() AND w.disabled_at IS NULL
      ORDER BY d.next_at LIMIT ${MOST_OF_ONE} FOR UPDATE OF d SKIP LOCKED)
    UPDATE webhook_deliveries d SET tries = d.tries + 1, next_at = now() + ${LEASE} * interval '1 second'
    FROM due, webhooks w, projects p
    WHERE ${sameProject("d", "due")} AND d.uuid = due.uuid AND ${sameProject("w", "d")} AND w.uuid = d.webhook_uuid
      AND p.uuid = d.project_uuid
    RETURNING d.project_uuid AS "projectUuid", d.uuid, w.uuid AS webhook, w.url, d.body, d.tries, d.next_at AS lease, w.secret,
      w.former_secret AS "formerSecret", w.former_until AS "formerUntil", p.slug`;
}

async function attemptDelivery(delivery: DueDelivery): Promise<void> {
  const at = new Date();
  const answer = await sendDelivery(delivery, at).catch((error: unknown) => describeSilence(error));
  await noteAttempt(delivery, at, answer);
}

type Answer = PostAnswer | { status: null; retryAfter: null; problem: string };

async function sendDelivery(
  { url, uuid, body, secret, formerSecret, formerUntil }: DueDelivery,
  at: Date,
): Promise<Answer> {
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
  const { uuid, lease } = delivery;
  const project = ofProject(delivery);
  const { status } = answer;
  const hasArrived = status !== null && status >= 200 && status < 300;
  const actor = await Actor.ofCommandLine(delivery.slug);
  await runInTransaction(async (tx) => {
    if (hasArrived) await tx.webhookDelivery.updateMany({ where: { ...project, uuid }, data: { arrivedAt: at } });
    // Whoever has asked for it to be sent again meanwhile is not overruled.
    const nextAt = hasArrived || status === GONE ? null : computeNextAt(delivery.tries, answer.retryAfter);
    await tx.webhookDelivery.updateMany({ where: { ...project, uuid, nextAt: lease }, data: { nextAt } });
    // It may have been deleted meanwhile, and its webhook with it.
    if ((await tx.webhookDelivery.count({ where: { ...project, uuid } })) === 0) return;
    await tx.webhookAttempt.create({
      data: {
        ...project,
        uuid: generateUuid(),
        deliveryUuid: uuid,
        at,
        status,
        problem: "problem" in answer ? answer.problem : null,
        milliseconds: Math.min(Date.now() - at.getTime(), 2 ** 31 - 1),
      },
    });
    if (status !== GONE) return;
    const { count } = await tx.webhook.updateMany({
      where: { ...project, uuid: delivery.webhook, url: delivery.url, disabledAt: null },
      data: { disabledAt: new Date(), disabledReason: "The receiver answered 410: it wants nothing any more." },
    });
    if (count > 0) await record(tx, actor, { action: "webhook.disabled", objectUuid: delivery.webhook });
  });
}

/** Null once it is given up. */
function computeNextAt(tries: number, retryAfter: number | null): Date | null {
  const pause = RETRY_DELAYS[tries - 1];
  if (pause === undefined) return null;
  return new Date(Date.now() + Math.max(pause, Math.min(retryAfter ?? 0, LONGEST_PAUSE)) * 1_000);
}

/** Drops what was to be sent long ago, whether it arrived, was given up, or waited for a webhook that was disabled. @returns how much it was. */
export async function dropOldDeliveries(): Promise<number> {
  const before = new Date(Date.now() - DELIVERY_DAYS * 86_400_000);
  const { count } = await db().webhookDelivery.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
