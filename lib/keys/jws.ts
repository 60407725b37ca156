import { createPublicKey, sign, verify } from "node:crypto";
import { z } from "zod";
import type { PublicJwk, SigningKey } from "#lib/keys/signing.ts";

/** What a receipt may be made of: no numbers but whole ones, so that its bytes are the same everywhere. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

const headerSchema = z.object({ alg: z.literal("EdDSA"), kid: z.string() });

/**
 * JSON with its keys in order and nothing between them (RFC 8785, for strings, whole numbers, truth values and null).
 * @throws Error for any other number.
 */
export function writeCanonicalJson(value: CanonicalValue): string {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new Error("only whole numbers are canonical here");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeCanonicalJson).join(",")}]`;
  const fields = Object.entries(value)
    .flatMap(([key, held]) => (held === undefined ? [] : [[key, held] as const]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, held]) => `${JSON.stringify(key)}:${writeCanonicalJson(held)}`).join(",")}}`;
}

function isList(value: object): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

/** Signs a payload as a compact JWS with Ed25519 (RFC 7515, RFC 8037). */
export function signPayload(payload: CanonicalValue, { key, jwk }: SigningKey): string {
  const header = writeCanonicalJson({ alg: "EdDSA", kid: jwk.kid, typ: "JOSE" });
  const input = [header, writeCanonicalJson(payload)].map((part) => Buffer.from(part).toString("base64url")).join(".");
  return `${input}.${sign(null, Buffer.from(input), key).toString("base64url")}`;
}

export type Verification =
  | { valid: true; kid: string; payload: Record<string, unknown> }
  | { valid: false; reason: string /** Signed with a key that is none of these. */; foreign?: boolean };

/** Checks a compact JWS against these keys, by itself: what it says is not looked up anywhere. */
export function verifyJws(jws: string, keys: readonly PublicJwk[]): Verification {
  const [header, payload, signature, ...more] = jws.trim().split(".");
  if (!header || !payload || !signature || more.length > 0)
    return { valid: false, reason: "This is no receipt: a receipt has three parts with full stops between them." };
  const read = headerSchema.safeParse(parseBase64Json(header));
  if (!read.success)
    return { valid: false, reason: "This is no receipt: its first part does not name an Ed25519 key." };
  const { kid } = read.data;
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk)
    return {
      valid: false,
      foreign: true,
      reason: "This receipt was signed with a key that this instance has never used.",
    };
  const key = createPublicKey({ key: { ...jwk }, format: "jwk" });
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url")))
    return { valid: false, reason: "The signature does not fit: this receipt was changed after it was signed." };
  const told = z.record(z.string(), z.unknown()).safeParse(parseBase64Json(payload));
  return told.success
    ? { valid: true, kid, payload: told.data }
    : { valid: false, reason: "This is no receipt: what was signed is not JSON." };
}

function parseBase64Json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
