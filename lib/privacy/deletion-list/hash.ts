import { createHash } from "node:crypto";
import { makeKeyedHash } from "#lib/auth/secret.ts";
import type { DeletionList } from "#lib/privacy/deletion-list/terms.ts";

/**
 * What the State hashes: an e-mail address without spaces around it and in small letters; of a telephone number, without an
 * extension, the last ten digits (technical documentation of DROP, 1.2.0, "Hashing"). Empty where there is nothing to hash.
 */
function standardizeIdentifier(list: DeletionList, value: string): string {
  if (list === "Email") return value.trim().toLowerCase();
  return value
    .replace(/(?:ext\.?|x|#)\s*\d+\s*$/i, "")
    .replace(/\D/g, "")
    .slice(-10);
}

/** A value as the State's lists show it: SHA-256 of the standardized text, in base64; null where there is nothing to hash. */
export function hashForState(list: DeletionList, value: string): string | null {
  const standard = standardizeIdentifier(list, value);
  return standard === "" ? null : createHash("sha256").update(standard, "utf8").digest("base64");
}

/**
 * What is kept of a row: nobody can try addresses against it without this instance's secret. Two projects keep different ones.
 */
export function hashListed({ projectUuid }: { projectUuid: string }, list: DeletionList, hash: string) {
  return makeKeyedHash("deletion list", `${projectUuid} ${list} ${hash}`);
}
