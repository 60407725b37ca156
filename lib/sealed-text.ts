import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { deriveKey } from "#lib/auth/secret.ts";
import { AppError } from "#lib/errors.ts";

/**
 * What someone searches for is personal data, and a URL ends up in logs and histories. So the URL carries it sealed:
 * the same text gives the same token (a link can be kept and compared), only this instance can open it, and only in the
 * project where it was made.
 */
export function sealText(actor: Actor, text: string): string {
  const nonce = createHmac("sha256", deriveKey("sealed-text nonce"))
    .update(actor.projectUuid)
    .update(text)
    .digest()
    .subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("sealed-text"), nonce).setAAD(Buffer.from(actor.projectUuid));
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Opens what a URL carries, where it carries anything. @throws AppError `invalid` for a token that is not of this project. */
export function openOptionalText(actor: Actor, token: string | null): string | null {
  const text = token === null ? null : openText(actor, token);
  if (token !== null && text === null) {
    throw new AppError(
      "invalid",
      "What this link searches for cannot be read here; it was made in another project or place.",
    );
  }
  return text;
}

/** Opens what `sealText` made. @returns null for anything else, tokens of other projects included. */
export function openText(actor: Actor, token: string): string | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", deriveKey("sealed-text"), bytes.subarray(0, 12))
    .setAAD(Buffer.from(actor.projectUuid))
    .setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
