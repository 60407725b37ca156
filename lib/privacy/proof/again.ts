import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { BYTES, listOf, readRows, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { hashIdentifier, type Identifier, listSuppressionKeys } from "#lib/keys/hashes.ts";
import type { ProofData } from "#lib/privacy/receipts/proof-data.ts";
import type { proveAgainSchema } from "#lib/privacy/receipts/schema.ts";
import { makeFingerprint, readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import { classifyHit } from "#lib/privacy/scan/classify.ts";
import { scanFor } from "#lib/privacy/scan/scan.ts";
import { generateUuid, readUuidTime } from "#lib/uuid.ts";
import type { ProofVerdict } from "#prisma/client/enums.ts";

interface ProvedAgain {
  verdict: ProofVerdict;
  data: ProofData;
}

/**
 * Proves an old receipt again, today and against today's tables. Of whom it is nobody knows any more: the ids and addresses
 * that are stored are hashed and compared with the receipt's. With the identifier typed again, texts are looked through too.
 * @throws AppError `not_found`; `invalid` on `identifier` when the receipt is not about it; `unavailable` without the key.
 */
export async function proveAgain(
  actor: Actor,
  { receipt, identifier }: z.infer<typeof proveAgainSchema>,
): Promise<ProvedAgain> {
  authorize(actor, "receipts:read");
  const [found] = await readRowsIn(db(), { identifiers: listOf(BYTES), keyId: TEXT, executedAt: TIME })`
    SELECT identifiers, key_id AS "keyId", executed_at AS "executedAt" FROM receipts
    WHERE ${inProject(actor)} AND uuid = ${receipt}::uuid`;
  if (!found) throw new AppError("not_found", "There is no such receipt.");
  const key = listSuppressionKeys().find(({ id }) => id === found.keyId);
  if (!key)
    throw new AppError(
      "unavailable",
      "The suppression key that this receipt was made with is missing; it is needed to compare.",
    );
  const sought = new Set(found.identifiers.map((hash) => Buffer.from(hash).toString("hex")));
  const isSought = (named: Identifier) => sought.has(hashIdentifier(key, actor.projectUuid, named).toString("hex"));
  const startedAt = new Date();
  const typed = identifier.trim();
  const isAbout = KINDS.some((kind) => isSought({ kind, value: typed }));
  if (typed && !isAbout)
    throw new AppError("invalid", "Nothing was looked for.", { identifier: "This receipt is not about that." });
  const hashed = await lookForHashes(actor, isSought, found.executedAt);
  const proved = typed ? await lookForTyped(actor, typed, found.executedAt, hashed) : hashed;
  await runInTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO proof_runs (project_uuid, uuid, receipt_uuid, started_at, ended_at, verdict, data)
      VALUES (${actor.projectUuid}::uuid, ${generateUuid()}::uuid, ${receipt}::uuid, ${startedAt}, ${new Date()},
        ${proved.verdict}::proof_verdict, ${JSON.stringify(proved.data)}::jsonb)`;
  });
  return proved;
}

const KINDS = ["user_id", "email", "session_id"] as const;

/** Everything, texts included, for what somebody has typed. */
async function lookForTyped(actor: Actor, typed: string, executedAt: Date, hashed: ProvedAgain): Promise<ProvedAgain> {
  const nobody = { projectUuid: actor.projectUuid, uuid: "00000000-0000-0000-0000-000000000000" };
  const names = [{ kind: "user_id" as const, value: typed }];
  const scan = await runMaintenance((client) => scanFor(client, [{ person: nobody.uuid, names }]));
  const here = scan.hits.filter((hit) => classifyHit(hit, nobody) === "mention");
  const isLater = (owner: string | null) => owner !== null && readUuidTime(owner) > executedAt.getTime();
  const later = here.filter(({ owner }) => isLater(owner));
  const { fingerprint, tables, columns, rows, needles } = scan;
  const mentions = here.length - later.length;
  const read = { fingerprint, tables, columns, rows, needles };
  return {
    verdict: hashed.verdict,
    data: { ...hashed.data, ...read, by: "typed", addedSince: later.length, mentions },
  };
}

const PAGE = 10_000;
const COLUMNS = [
  { table: "users", column: "user_id", kinds: ["user_id", "email"] },
  { table: "users", column: "email", kinds: ["email", "user_id"] },
  { table: "sessions", column: "session_id", kinds: ["session_id"] },
] as const;

/** The ids and addresses that are stored, hashed. What was added since then is told apart. */
export async function lookForHashes(
  project: { projectUuid: string },
  isSought: (named: Identifier) => boolean,
  executedAt: Date,
): Promise<ProvedAgain> {
  let rows = 0;
  let addedSince = 0;
  const left: ProofData["left"] = [];
  for (const { table, column, kinds } of COLUMNS) {
    let earlier = 0;
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const page = await listPage(project, { table, column }, after);
      rows += page.length;
      for (const { uuid, value } of page) {
        if (!kinds.some((kind) => isSought({ kind, value }))) continue;
        if (readUuidTime(uuid) > executedAt.getTime()) addedSince += 1;
        else earlier += 1;
      }
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      after = last.uuid;
    }
    if (earlier > 0) left.push({ table, rows: earlier });
  }
  const fingerprint = await runMaintenance(async (client) => makeFingerprint(await readCatalogue(client)));
  const read = { fingerprint, tables: 2, columns: COLUMNS.length, rows, needles: 1 };
  return {
    verdict: left.length > 0 ? "residue" : "confirmed",
    data: { ...read, by: "hashes", addedSince, left, statistics: [], mentions: 0, problems: [] },
  };
}

function listPage(
  project: { projectUuid: string },
  { table, column }: Pick<(typeof COLUMNS)[number], "table" | "column">,
  after: string,
) {
  const shape = { uuid: TEXT, value: TEXT };
  if (table === "sessions")
    return readRows(shape)`
      SELECT uuid, session_id AS value FROM sessions WHERE ${inProject(project)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`;
  if (column === "email")
    return readRows(shape)`
      SELECT uuid, email AS value FROM users WHERE ${inProject(project)} AND email IS NOT NULL AND uuid > ${after}::uuid
      ORDER BY uuid LIMIT ${PAGE}`;
  return readRows(shape)`
    SELECT uuid, user_id AS value FROM users WHERE ${inProject(project)} AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`;
}
