import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { env, readSigningKey } from "#lib/env.ts";

/** The public half of an Ed25519 key (RFC 8037), by which anybody can check a receipt. */
export const publicJwkSchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  kid: z.string(),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

export interface SigningKey {
  key: KeyObject;
  jwk: PublicJwk;
}

/** The key that this process signs receipts with; null where it has none. */
export function getSigningKey(): SigningKey | null {
  const { LETHE_SIGNING_KEY } = env();
  if (!LETHE_SIGNING_KEY) return null;
  const key = readSigningKey(LETHE_SIGNING_KEY);
  const { x } = z.object({ x: z.string() }).parse(createPublicKey(key).export({ format: "jwk" }));
  return { key, jwk: { kty: "OKP", crv: "Ed25519", x, kid: computeThumbprint(x) } };
}

/** A key's name follows from the key (RFC 7638). */
function computeThumbprint(x: string): string {
  return createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url");
}
