import { record } from "#lib/audit/record.ts";
import type { AuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { generateUuid } from "#lib/uuid.ts";
import type {
  ChosenDelivery,
  ChosenWebhook,
  CreateWebhook,
  SetWebhookDisabled,
  UpdateWebhook,
} from "#lib/webhooks/schema.ts";
import { makeWebhookSecret, sealWebhookSecret } from "#lib/webhooks/secrets.ts";
import { FORMER_SECRET_HOURS, TRIAL_EVENT } from "#lib/webhooks/terms.ts";
import type { Prisma, Webhook } from "#prisma/client/client.ts";

/** Registers where events are sent. @returns the secret that signs them, which is shown now and never again. */
export async function createWebhook(actor: Actor, input: CreateWebhook): Promise<{ webhook: string; secret: string }> {
  authorize(actor, "webhooks:manage");
  const uuid = generateUuid();
  const secret = makeWebhookSecret();
  await runInTransaction(async (tx) => {
    const { url, events } = input;
    await tx.webhook.create({ data: { ...ofProject(actor), uuid, url, events, secret: sealWebhookSecret(secret) } });
    await record(tx, actor, { action: "webhook.created", objectUuid: uuid, data: { events } });
  });
  return { webhook: uuid, secret };
}

/** Changes where a webhook leads, and of what it is told from now on. @throws AppError `not_found`. */
export async function updateWebhook(actor: Actor, { webhook, url, events }: UpdateWebhook): Promise<void> {
  await changeWebhook(actor, webhook, { action: "webhook.updated", change: () => ({ url, events }) });
}

/** Sends nothing more, or goes on; what waits is kept meanwhile. Of what happens meanwhile nothing is sent, then or later. */
export async function setWebhookDisabled(actor: Actor, { webhook, disabled }: SetWebhookDisabled): Promise<void> {
  await changeWebhook(actor, webhook, {
    action: disabled ? "webhook.disabled" : "webhook.enabled",
    change: () => ({ disabledAt: disabled ? new Date() : null, disabledReason: null }),
  });
}

/** Makes another secret; the one before signs as well for a day. @returns it, which is shown now and never again. */
export async function changeWebhookSecret(actor: Actor, { webhook }: ChosenWebhook): Promise<{ secret: string }> {
  const secret = makeWebhookSecret();
  await changeWebhook(actor, webhook, {
    action: "webhook.secret_changed",
    change: (before) => ({
      secret: sealWebhookSecret(secret),
      formerSecret: before.secret,
      formerUntil: new Date(Date.now() + FORMER_SECRET_HOURS * 3_600_000),
    }),
  });
  return { secret };
}

/** Removes a webhook with all that was, or was to be, sent to it. @throws AppError `not_found`. */
export async function deleteWebhook(actor: Actor, { webhook }: ChosenWebhook): Promise<void> {
  authorize(actor, "webhooks:manage");
  await runInTransaction(async (tx) => {
    await lockWebhook(tx, actor, webhook);
    await tx.webhook.delete({ where: byUuid(actor, webhook) });
    await record(tx, actor, { action: "webhook.deleted", objectUuid: webhook });
  });
}

/** Sends an event that says nothing, to try whether it arrives. @throws AppError `not_found`, `conflict`. */
export async function tryWebhook(actor: Actor, { webhook }: ChosenWebhook): Promise<void> {
  authorize(actor, "webhooks:manage");
  await runInTransaction(async (tx) => {
    refuseDisabled(await lockWebhook(tx, actor, webhook));
    const body = JSON.stringify({ type: TRIAL_EVENT, timestamp: new Date().toISOString(), data: {} });
    const delivery = { ...ofProject(actor), uuid: generateUuid(), webhookUuid: webhook, event: TRIAL_EVENT, body };
    await tx.webhookDelivery.create({ data: delivery });
    await record(tx, actor, { action: "webhook.tried", objectUuid: webhook });
  });
}

/** Sends an event again, as it was and under the same id. @throws AppError `not_found`, `conflict`. */
export async function sendAgain(actor: Actor, { webhook, delivery }: ChosenDelivery): Promise<void> {
  await replayDeliveries(actor, webhook, { uuid: delivery });
}

/** Sends again all that was given up. @returns how many. @throws AppError `not_found`, `conflict`. */
export async function sendFailedAgain(actor: Actor, { webhook }: ChosenWebhook): Promise<{ deliveries: number }> {
  return { deliveries: await replayDeliveries(actor, webhook, { nextAt: null, arrivedAt: null }) };
}

async function replayDeliveries(
  actor: Actor,
  webhook: string,
  which: Prisma.WebhookDeliveryWhereInput,
): Promise<number> {
  authorize(actor, "webhooks:manage");
  return runInTransaction(async (tx) => {
    refuseDisabled(await lockWebhook(tx, actor, webhook));
    const { count } = await tx.webhookDelivery.updateMany({
      where: { ...ofProject(actor), webhookUuid: webhook, ...which },
      data: { nextAt: new Date(), tries: 0 },
    });
    if (count === 0) throw new AppError("not_found", "There is no such event any more.");
    await record(tx, actor, { action: "webhook.sent_again", objectUuid: webhook, data: { deliveries: count } });
    return count;
  });
}

interface WebhookChange {
  action: AuditAction;
  change: (before: Webhook) => Prisma.WebhookUpdateInput;
}

async function changeWebhook(actor: Actor, webhook: string, { action, change }: WebhookChange): Promise<void> {
  authorize(actor, "webhooks:manage");
  await runInTransaction(async (tx) => {
    const before = await lockWebhook(tx, actor, webhook);
    await tx.webhook.update({ where: byUuid(actor, webhook), data: change(before) });
    await record(tx, actor, { action, objectUuid: webhook });
  });
}

/** @throws AppError `not_found`. */
async function lockWebhook(tx: Tx, actor: Actor, webhook: string): Promise<Webhook> {
  await tx.$queryRaw`SELECT FROM webhooks WHERE ${inProject(actor)} AND uuid = ${webhook}::uuid FOR UPDATE`;
  const found = await tx.webhook.findUnique({ where: byUuid(actor, webhook) });
  if (!found) throw new AppError("not_found", "There is no such webhook.");
  return found;
}

function refuseDisabled({ disabledAt }: Webhook): void {
  if (disabledAt) throw new AppError("conflict", "This webhook is disabled: nothing is sent to it.");
}
