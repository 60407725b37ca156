import { createHash, createHmac } from "node:crypto";
import { env } from "#lib/env.ts";
import { Prisma } from "#prisma/client/client.ts";
import type { IdentifierKind } from "#prisma/client/enums.ts";

/** What somebody is called. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/**
 * What a person may have been called before they were kept out: the id is often an e-mail address, and an address may have
 * been the id.
 */
export function listIdentifiers({
  userId,
  email,
}: {
  userId: string;
  email: string | null;
}): [PersonIdentifier, ...PersonIdentifier[]] {
  const others: PersonIdentifier[] = userId.includes("@") ? [{ kind: "email", value: userId }] : [];
  if (email) others.push({ kind: "email", value: email });
  if (email && email !== userId) others.push({ kind: "user_id", value: email });
  return [{ kind: "user_id", value: userId }, ...others];
}

interface PersonIdentifier {
  kind: "user_id" | "email";
  value: string;
}

export interface SuppressionKey {
  id: string;
  secret: string;
}

/** The keys of this process, the one that new hashes are made with first; none where it has none. */
export function listSuppressionKeys(): SuppressionKey[] {
  const secrets = env().LETHE_SUPPRESSION_KEY?.split(/\s+/) ?? [];
  return secrets.map((secret) => ({ secret, id: computeKeyId(secret) }));
}

/** Says which key it is and nothing of what it is: a digest of 256 random bits. */
function computeKeyId(secret: string): string {
  return createHash("sha256").update(`lethe suppression key ${secret}`).digest("base64url").slice(0, 22);
}

/** A keyed hash of an identifier in a project: without the key nobody can tell, or try out, whose it is. */
export function hashIdentifier({ secret }: SuppressionKey, projectUuid: string, { kind, value }: Identifier): Buffer {
  return createHmac("sha256", secret)
    .update(`${projectUuid}:${kind}:${normaliseIdentifier(kind, value)}`)
    .digest();
}

/** E-mail addresses are compared without regard to capitals; ids are what the application says they are. */
function normaliseIdentifier(kind: IdentifierKind, value: string): string {
  return kind === "email" ? value.trim().toLowerCase() : value;
}

/** SQL: a list of hashes. */
export function listBytes(hashes: readonly Buffer[]): Prisma.Sql {
  const written = hashes.map((hash) => hash.toString("hex"));
  return Prisma.sql`ARRAY(SELECT decode(hash, 'hex') FROM unnest(${written}::text[]) AS hash)`;
}
