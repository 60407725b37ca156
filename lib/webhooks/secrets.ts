import { createHmac, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { openFor, sealFor } from "#lib/auth/secret.ts";

const PURPOSE = "webhook secret";

/** A new secret, as the Standard Webhooks specification writes them: `whsec_` and 32 random bytes in base64. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

export function sealWebhookSecret(secret: string): string {
  return sealFor(PURPOSE, secret, { nonce: randomBytes(12) }).toString("base64");
}

/** @throws Error where it was sealed by another instance. */
export function openWebhookSecret(sealed: string): string {
  return openFor(PURPOSE, Buffer.from(sealed, "base64"));
}

/**
 * What a receiver finds a person by: HMAC-SHA-256 over the user ID, keyed with the bytes of the webhook's secret (what follows
 * `whsec_`, decoded from base64), in hexadecimal.
 */
export function hashForReceiver(secret: string, userId: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(userId, "utf8").digest("hex");
}

/** The headers that a receiver verifies, for one moment; every secret that is good signs (specification 1.0.0). */
export function signDelivery(secrets: readonly string[], { uuid, body }: { uuid: string; body: string }, at: Date) {
  return {
    "webhook-id": uuid,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(uuid, at, body)).join(" "),
  };
}
