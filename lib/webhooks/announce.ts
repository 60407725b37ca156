import type { Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { generateUuid } from "#lib/uuid.ts";
import { hashForReceiver, openWebhookSecret } from "#lib/webhooks/secrets.ts";
import type { WebhookEvent } from "#lib/webhooks/terms.ts";

interface Announced {
  event: WebhookEvent;
  /** The number of the privacy request; null where there is none, as when an application deletes somebody. */
  request: number | null;
  /** What the person is called by the application; each receiver gets a hash of it that is keyed with its own secret. */
  userId: string;
}

/**
 * Puts an event on its way to every webhook of a project that wants it, in the transaction of what has happened: both are so
 * or neither. Nothing is sent before that commits.
 */
export async function announceEvent(
  tx: Tx,
  project: { projectUuid: string },
  { event, request, userId }: Announced,
): Promise<void> {
  const webhooks = await tx.webhook.findMany({
    where: { ...ofProject(project), disabledAt: null, events: { has: event } },
    select: { uuid: true, secret: true },
  });
  if (webhooks.length === 0) return;
  const timestamp = new Date().toISOString();
  await tx.webhookDelivery.createMany({
    data: webhooks.map(({ uuid, secret }) => ({
      ...ofProject(project),
      uuid: generateUuid(),
      webhookUuid: uuid,
      event,
      body: JSON.stringify({
        type: event,
        timestamp,
        data: { request, subject: hashForReceiver(openWebhookSecret(secret), userId) },
      }),
    })),
  });
}
