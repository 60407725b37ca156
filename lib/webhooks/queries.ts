import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, oneOf, readRows, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { DELIVERY_STATES, type DeliveryState, MOST_DELIVERIES } from "#lib/webhooks/terms.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** A webhook as the list shows it; never its secret. */
export interface WebhookRow {
  uuid: string;
  url: string;
  events: string[];
  createdAt: Date;
  disabledAt: Date | null;
  disabledReason: string | null;
  waiting: number;
  failed: number;
  lastArrivedAt: Date | null;
}

const WEBHOOK = {
  uuid: true,
  url: true,
  events: true,
  createdAt: true,
  disabledAt: true,
  disabledReason: true,
} satisfies Prisma.WebhookSelect;

const COUNTS_SHAPE = { webhook: TEXT, waiting: NUMBER, failed: NUMBER, lastArrivedAt: nullable(TIME) };

/** The webhooks of a project, the newest first, with how deliveries to them stand. */
export async function listWebhooks(actor: Actor): Promise<WebhookRow[]> {
  authorize(actor, "webhooks:manage");
  const webhooks = await db().webhook.findMany({
    where: ofProject(actor),
    orderBy: { createdAt: "desc" },
    select: WEBHOOK,
  });
  const counts = await readRowsIn(db(), COUNTS_SHAPE)`
    SELECT webhook_uuid AS webhook, count(*) FILTER (WHERE next_at IS NOT NULL)::int AS waiting,
      count(*) FILTER (WHERE next_at IS NULL AND arrived_at IS NULL)::int AS failed, max(arrived_at) AS "lastArrivedAt"
    FROM webhook_deliveries WHERE ${inProject(actor)} GROUP BY webhook_uuid`;
  const counted = new Map(counts.map(({ webhook, ...row }) => [webhook, row]));
  const none = { waiting: 0, failed: 0, lastArrivedAt: null };
  return webhooks.map((webhook) => ({ ...webhook, ...(counted.get(webhook.uuid) ?? none) }));
}

export type WebhookDetails = Prisma.WebhookGetPayload<{ select: typeof WEBHOOK }> & {
  /** Until when the secret before signs as well. */
  formerUntil: Date | null;
};

/** One webhook. @throws AppError `not_found`. */
export async function getWebhook(actor: Actor, uuid: string): Promise<WebhookDetails> {
  authorize(actor, "webhooks:manage");
  const found = await db().webhook.findUnique({
    where: byUuid(actor, uuid),
    select: { ...WEBHOOK, formerUntil: true },
  });
  if (!found) throw new AppError("not_found", "There is no such webhook.");
  const isOver = found.formerUntil !== null && found.formerUntil <= new Date();
  return { ...found, formerUntil: isOver ? null : found.formerUntil };
}

/** One event for a webhook, and what its last attempt brought. */
export interface DeliveryRow {
  uuid: string;
  event: string;
  state: DeliveryState;
  createdAt: Date;
  nextAt: Date | null;
  attempts: number;
  lastAt: Date | null;
  status: number | null;
  problem: string | null;
  milliseconds: number | null;
  body: string;
}

const DELIVERY_SHAPE: Shape<DeliveryRow> = {
  uuid: TEXT,
  event: TEXT,
  state: oneOf(DELIVERY_STATES),
  createdAt: TIME,
  nextAt: nullable(TIME),
  attempts: NUMBER,
  lastAt: nullable(TIME),
  status: nullable(NUMBER),
  problem: nullable(TEXT),
  milliseconds: nullable(NUMBER),
  body: TEXT,
};

/** The log of a webhook, the latest first. */
export async function listDeliveries(actor: Actor, webhook: string): Promise<DeliveryRow[]> {
  authorize(actor, "webhooks:manage");
  return readRows(DELIVERY_SHAPE)`
    SELECT d.uuid, d.event, d.created_at AS "createdAt", d.next_at AS "nextAt", d.body,
      CASE WHEN d.next_at IS NOT NULL THEN 'waiting' WHEN d.arrived_at IS NOT NULL THEN 'arrived' ELSE 'failed' END AS state,
      coalesce(t.attempts, 0)::int AS attempts, a.at AS "lastAt", a.status, a.problem, a.milliseconds
    FROM (SELECT * FROM webhook_deliveries WHERE ${inProject(actor)} AND webhook_uuid = ${webhook}::uuid
      ORDER BY created_at DESC LIMIT ${MOST_DELIVERIES}) d
    LEFT JOIN LATERAL (SELECT count(*) AS attempts FROM webhook_attempts n WHERE ${sameProject("n", "d")}
      AND n.delivery_uuid = d.uuid) t ON TRUE
    LEFT JOIN LATERAL (SELECT at, status, problem, milliseconds FROM webhook_attempts n WHERE ${sameProject("n", "d")}
      AND n.delivery_uuid = d.uuid ORDER BY at DESC LIMIT 1) a ON TRUE
    ORDER BY d.created_at DESC`;
}
