import { createHmac } from "node:crypto";
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

/** A stable pseudonym for a personal value, for places where the value itself must not be written. */
export function makePseudonym(purpose: string, value: string): string {
  return createHmac("sha256", deriveKey(purpose)).update(value).digest("base64url");
}
