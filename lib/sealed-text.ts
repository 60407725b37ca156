import { createHmac } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { deriveKey, openFor, sealFor } from "#lib/auth/secret.ts";
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
  return sealFor("sealed-text", text, { nonce, context: actor.projectUuid }).toString("base64url");
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
  try {
    return openFor("sealed-text", Buffer.from(token, "base64url"), { context: actor.projectUuid });
  } catch {
    return null;
  }
}
