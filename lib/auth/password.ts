import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** Argon2id with the parameters of OWASP's password storage cheat sheet (19 MiB, two passes, one lane). */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

let decoy: Promise<string> | undefined;

/**
 * Checks a password. Without a stored hash it takes as long and fails, so that the response time does not show which
 * addresses exist.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword("no operator has this password");
  const fits = await verify(stored ?? (await decoy), password);
  return fits && stored !== null;
}

/** 96 random bits in letters and digits that survive being read aloud. */
export function generatePassword(): string {
  return randomBytes(12).toString("base64url").replaceAll(/[-_]/g, "x");
}
