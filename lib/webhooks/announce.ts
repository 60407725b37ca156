import type { Tx } from "#lib/db/client.ts";
import { nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { generateUuid } from "#lib/uuid.ts";
import { hashForReceiver, openWebhookSecret } from "#lib/webhooks/secrets.ts";
import type { WebhookEvent } from "#lib/webhooks/terms.ts";

interface Announced {
  event: WebhookEvent;
  /** The number of the privacy request; null where there is none, as when an application deletes somebody. */
  request: number | null;
  /**
   * What the person is called by the application, or where nobody is known what they were named by; each receiver gets a hash of it
   * that is keyed with its own secret, and one with the secret before while that is good.
   */
  userId: string;
}

/**
 * Puts an event on its way to every webhook of a project that wants it, in the transaction of what has happened: both are so
 * or neither. Nothing is sent before that commits. Nobody is kept from their right by a webhook that does not work.
 */
export async function announceEvent(
  tx: Tx,
  project: { projectUuid: string },
  { event, request, userId }: Announced,
): Promise<void> {
  // One that is being deleted is waited for, and left out then.
  const webhooks = await readRowsIn(tx, WEBHOOK_SHAPE)`
    SELECT uuid, secret, CASE WHEN former_until > now() THEN former_secret END AS former FROM webhooks
    WHERE ${inProject(project)} AND disabled_at IS NULL AND ${event} = ANY(events) ORDER BY uuid FOR KEY SHARE`;
  const timestamp = new Date().toISOString();
  for (const { uuid, secret, former } of webhooks) {
    const secrets = openSecrets([secret, ...(former === null ? [] : [former])]);
    if (!secrets) {
      await disableUnreadable(tx, project, uuid);
      continue;
    }
    const subjects = secrets.map((key) => hashForReceiver(key, userId));
    const body = JSON.stringify({ type: event, timestamp, data: { request, subjects } });
    const delivery = { ...ofProject(project), uuid: generateUuid(), webhookUuid: uuid, event, body };
    await tx.webhookDelivery.create({ data: delivery });
  }
}

const WEBHOOK_SHAPE = { uuid: TEXT, secret: TEXT, former: nullable(TEXT) };

/** Null where this instance cannot read them, as when the database was another's. */
function openSecrets(sealed: string[]): string[] | null {
  try {
    return sealed.map(openWebhookSecret);
  } catch {
    return null;
  }
}

async function disableUnreadable(tx: Tx, project: { projectUuid: string }, webhook: string): Promise<void> {
  const disabledReason =
    "Its secret was sealed by another instance and cannot be read. Change it, then enable this again.";
  await tx.webhook.update({ where: byUuid(project, webhook), data: { disabledAt: new Date(), disabledReason } });
}
