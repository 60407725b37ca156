import { createHmac, randomBytes } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { getInstanceName } from "#lib/auth/secret.ts";
import type { Tx } from "#lib/db/client.ts";
import { BOOLEAN, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import type { RowCounts } from "#lib/db/stored-tables.ts";
import { hashIdentifier, type Identifier, listBytes } from "#lib/keys/hashes.ts";
import { type ErasureKeys, requireErasureKeys } from "#lib/keys/register.ts";
import type { CopyCounts } from "#lib/privacy/erasure/queries.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { hashMention } from "#lib/privacy/mentions/decide.ts";
import type { DecidedMention, MentionCounts } from "#lib/privacy/mentions/terms.ts";
import type { ReceiptFacts } from "#lib/privacy/receipts/facts.ts";
import { sealSubject } from "#lib/privacy/receipts/seal.ts";
import type { Sought } from "#lib/privacy/scan/needles.ts";
import { NIL_UUID } from "#lib/uuid.ts";
import type { ErasureScope, IdentifierKind } from "#prisma/client/enums.ts";

/** An erasure that is done but for its receipt. */
export interface UnprovedErasure {
  scope: ErasureScope;
  /** Whose it was, or is: the uuid of a person, or of a group's graph. */
  owner: string;
  /** Who or what is gone; the first identifier is the one that the receipt's commitment is of. */
  identifiers: [Identifier, ...Identifier[]];
  /** What the proof will look for. */
  sought: Sought;
  plan: string | null;
  previewed: RowCounts | null;
  rows: RowCounts;
  copies: CopyCounts;
  /** What was done with what others said; null where nobody has looked at it. */
  mentions?: MentionCounts | null;
  /** What was decided of each of them, for the journal. */
  decided?: readonly DecidedMention[] | null;
  keptOut: boolean;
  /** The privacy request that asked for it. */
  request?: ReceiptFacts["request"];
  /** False where nobody was known by what was asked for, and nothing was deleted. */
  known?: boolean;
}

/**
 * Ends an erasure in its own transaction: keeps the person out, if that is wanted, and writes the receipt that the proof will
 * complete. Nobody who adds people can come between: they share the lock that is taken here.
 * @returns what the journal is to say of it.
 */
export async function writeReceipt(
  tx: Tx,
  actor: Actor,
  { receipt, erasure, keys }: { receipt: string; erasure: UnprovedErasure; keys: ErasureKeys },
): Promise<JournalEntry> {
  const { scope, identifiers, sought, keptOut, known = true } = erasure;
  const hashes = identifiers.map((identifier) => hashIdentifier(keys.suppression, actor.projectUuid, identifier));
  const kinds = identifiers.map(({ kind }) => kind);
  if (keptOut) await keepOut(tx, actor, { receipt, kinds, hashes, keyId: keys.suppression.id });
  const nonce = randomBytes(16).toString("hex");
  const commitment = commitTo(nonce, identifiers[0]);
  const facts = await collectFacts(
    tx,
    actor,
    { ...erasure, known, entries: keptOut ? hashes.length : 0 },
    keys,
    commitment,
  );
  await tx.$executeRaw`
    INSERT INTO receipts (project_uuid, uuid, scope, facts, identifiers, key_id, sealed, nonce)
    VALUES (${actor.projectUuid}::uuid, ${receipt}::uuid, ${scope}::erasure_scope, ${JSON.stringify(facts)}::jsonb,
      ${listBytes(hashes)}, ${keys.suppression.id}, ${sealSubject(JSON.stringify(sought))}, ${sealSubject(nonce)})`;
  return {
    receipt,
    project: actor.projectUuid,
    scope,
    identifiers: hashes.map((hash) => hash.toString("base64url")),
    kinds,
    keyId: keys.suppression.id,
    keptOut,
    known,
    ...listWritten(keys, actor, erasure.decided),
    at: new Date().toISOString(),
  };
}

/** What the journal says of others' words. */
function listWritten(
  keys: ErasureKeys,
  { projectUuid }: Actor,
  decided: UnprovedErasure["decided"],
): Pick<JournalEntry, "mentions"> {
  const mentions = (decided ?? []).flatMap((mention) =>
    mention.decision === "keep"
      ? []
      : [[hashMention(keys.suppression, projectUuid, mention), mention.decision] as [string, "redact" | "delete"]],
  );
  return mentions.length > 0 ? { mentions } : {};
}

interface KeptOut {
  receipt: string;
  kinds: readonly IdentifierKind[];
  hashes: readonly Buffer[];
  keyId: string;
}

async function keepOut(tx: Tx, actor: Actor, { receipt, kinds, hashes, keyId }: KeptOut): Promise<void> {
  const people = hashes.filter((_, index) => kinds[index] !== "session_id");
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT lethe_suppression_lock(${actor.projectUuid}::uuid, hmac) AS lock FROM unnest(${listBytes(people)}) AS hmac
      ORDER BY 1) AS locks`;
  await tx.$executeRaw`
    INSERT INTO suppressions (project_uuid, hmac, key_id, kind, receipt_uuid)
    SELECT ${actor.projectUuid}::uuid, decode(hash, 'hex'), ${keyId}, kind, ${receipt}::uuid
    FROM unnest(${hashes.map((hash) => hash.toString("hex"))}::text[], ${[...kinds]}::identifier_kind[]) AS named (hash, kind)
    ON CONFLICT DO NOTHING`;
}

async function collectFacts(
  tx: Tx,
  actor: Actor,
  erasure: Pick<UnprovedErasure, "rows" | "previewed" | "plan" | "copies" | "mentions" | "request"> & {
    known: boolean;
    entries: number;
  },
  keys: ErasureKeys,
  commitment: string,
): Promise<ReceiptFacts> {
  const { rows, previewed, plan, copies, mentions = null, request = null, known, entries } = erasure;
  const [moment] = await readRowsIn(tx, { transaction: TEXT, walLsn: TEXT, owns: BOOLEAN })`
    SELECT pg_current_xact_id()::text AS transaction, pg_current_wal_lsn()::text AS "walLsn",
      pg_has_role(current_user, relowner, 'MEMBER') AS owns FROM pg_class WHERE oid = 'audit_events'::regclass`;
  if (!moment) throw new Error("the database does not tell its own state");
  const counts = Object.entries(rows).map(([table, deleted]) => [
    table,
    { previewed: previewed?.[table] ?? null, deleted, remaining: 0 as const },
  ]);
  return {
    v: 1,
    instance: getInstanceName(),
    requestedBy: request ? "request" : nameRequester(actor),
    request,
    known,
    plan,
    transaction: moment.transaction,
    walLsn: moment.walLsn,
    counts: Object.fromEntries(counts),
    copies,
    mentions,
    suppression: { entries, keyId: keys.suppression.id },
    rolesSeparated: !moment.owns,
    subjectCommitment: commitment,
  };
}

function nameRequester({ kind }: Actor): ReceiptFacts["requestedBy"] {
  return kind === "api_key" || kind === "operator" ? kind : "command_line";
}

const NOBODY: Sought = { person: NIL_UUID, names: [] };

/** Writes the receipt of an erasure anew that a restored database knows nothing of, and of whom it holds nothing either. */
export async function restoreReceipt(tx: Tx, actor: Actor, entry: JournalEntry): Promise<void> {
  const { receipt, scope, kinds, keyId, keptOut, known } = entry;
  const keys = await requireErasureKeys(tx);
  const hashes = entry.identifiers.map((hash) => Buffer.from(hash, "base64url"));
  if (keptOut) await keepOut(tx, actor, { receipt, kinds, hashes, keyId });
  const nothing = { rows: {}, previewed: null, plan: null, copies: { graphs: 0, episodes: 0 } };
  const entries = keptOut ? hashes.length : 0;
  const facts = await collectFacts(tx, actor, { ...nothing, known, entries }, keys, randomBytes(32).toString("hex"));
  await tx.$executeRaw`
    INSERT INTO receipts (project_uuid, uuid, scope, facts, identifiers, key_id, sealed)
    VALUES (${actor.projectUuid}::uuid, ${receipt}::uuid, ${scope}::erasure_scope, ${JSON.stringify(facts)}::jsonb,
      ${listBytes(hashes)}, ${keyId}, ${sealSubject(JSON.stringify(NOBODY))})`;
}

/** Binds a receipt to a person without telling who: only who has the nonce and the id can show that they belong together. */
function commitTo(nonce: string, { value }: Identifier): string {
  return createHmac("sha256", Buffer.from(nonce, "hex")).update(value).digest("hex");
}

/** Whether a receipt was written: what remains of an erasure whose end was not seen. */
export async function isReceiptWritten(tx: Pick<Tx, "$queryRaw">, project: { projectUuid: string }, receipt: string) {
  const [found] = await readRowsIn(tx, { written: BOOLEAN })`
    SELECT EXISTS (SELECT FROM receipts WHERE ${inProject(project)} AND uuid = ${receipt}::uuid) AS written`;
  return found?.written ?? false;
}
