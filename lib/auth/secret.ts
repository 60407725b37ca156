import { createHmac } from "node:crypto";
import { env } from "#lib/env.ts";

/** The instance's secret. `scripts/start` generates one into the data directory when the environment has none. */
export function instanceSecret(): string {
  const secret = env().LETHE_SECRET;
  if (!secret) throw new Error("LETHE_SECRET is not set; `npm start` sets it.");
  return secret;
}

/** A key of its own for each purpose, so that no two uses of the secret can be played against each other. */
export function keyFor(purpose: string): Buffer {
  return createHmac("sha256", instanceSecret()).update(purpose).digest();
}

/** A stable name for something personal that may be written down where the thing itself may not. */
export function pseudonym(purpose: string, value: string): string {
  return createHmac("sha256", keyFor(purpose)).update(value).digest("base64url");
}
