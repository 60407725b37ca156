import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";
import { env } from "#lib/env.ts";

/** The instance's secret. `scripts/start` generates one into the data directory when the environment has none. */
export function getInstanceSecret(): string {
  const secret = env().LETHE_SECRET;
  if (!secret) throw new Error("LETHE_SECRET is not set; `npm start` sets it.");
  return secret;
}

/** A separate key for each purpose, so that a value made for one use cannot be replayed in another. */
export function deriveKey(purpose: string): Buffer {
  return createHmac("sha256", getInstanceSecret()).update(purpose).digest();
}

/** What this instance is called in what it signs: the same for as long as its secret is. */
export function getInstanceName(): string {
  return createHash("sha256").update(deriveKey("instance")).digest("base64url").slice(0, 22);
}

/** A hash of 32 bytes that nobody can make, or try out, without this instance's secret; another one for each purpose. */
export function makeKeyedHash(purpose: string, value: string): Buffer<ArrayBuffer> {
  return createHmac("sha256", deriveKey(purpose)).update(value).digest();
}

/** A stable pseudonym for a personal value, for places where the value itself must not be written. */
export function makePseudonym(purpose: string, value: string): string {
  return makeKeyedHash(purpose, value).toString("base64url");
}

/** Bytes before and after what is sealed: the nonce, and the tag that tells whether anything was changed (AES-GCM). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a text for one purpose, so that only this instance can read it.
 * @param nonce 12 bytes; the same ones never for two different texts of a purpose.
 * @param context what has to be told again to open it.
 */
export function sealFor(purpose: string, text: string, { nonce, context = "" }: { nonce: Buffer; context?: string }) {
  return sealBytes(deriveKey(purpose), Buffer.from(text, "utf8"), { nonce, context });
}

/** Opens what `sealFor` made. @throws Error when it was made with another secret, purpose or context, or changed. */
export function openFor(purpose: string, sealed: Buffer, { context = "" }: { context?: string } = {}): string {
  return openBytes(deriveKey(purpose), sealed, { context }).toString("utf8");
}

/** Seals bytes with a key of 32 bytes, as `sealFor` does a text. */
export function sealBytes(key: Buffer, bytes: Uint8Array, { nonce, context }: { nonce: Buffer; context: string }) {
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealBytes` made. @throws Error when it was made with another key or context, or changed. */
export function openBytes(key: Buffer, sealed: Uint8Array, { context }: { context: string }): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error("nothing that was sealed is so short");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
