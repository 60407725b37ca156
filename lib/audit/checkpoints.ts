import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { findHead } from "#lib/audit/chain.ts";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { signPayload, type Verification, verifyJws } from "#lib/keys/jws.ts";
import { getSigningKey, type PublicJwk } from "#lib/keys/signing.ts";

/** Where a project's chain ended at a time. */
const checkpointSchema = z.object({ project: z.string(), position: z.string(), head: z.string(), at: z.string() });
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Beside the journal of erasures, outside of the database: whoever may write to the one may not write to the other. */
export function getCheckpointPath(): string | null {
  const { LETHE_JOURNAL } = env();
  return LETHE_JOURNAL ? join(dirname(resolve(LETHE_JOURNAL)), "audit-checkpoints.jws") : null;
}

/** Writes down, signed, where the chains end that have grown since. @returns how many did. */
export async function writeCheckpoints(): Promise<number> {
  const [path, key] = [getCheckpointPath(), getSigningKey()];
  if (!path || !key) return 0;
  const { latest } = await readCheckpoints([key.jwk]);
  const lines: string[] = [];
  for (const { uuid } of await db().project.findMany({ select: { uuid: true } })) {
    const head = await findHead(db(), uuid);
    if (!head || latest.get(uuid)?.position === String(head.position)) continue;
    const hash = Buffer.from(head.hash).toString("hex");
    const payload = { project: uuid, position: String(head.position), head: hash, at: new Date().toISOString() };
    lines.push(signPayload(payload, key));
  }
  if (lines.length === 0) return 0;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  return lines.length;
}

/** The latest checkpoint of a project: looked for from the end, since the file only grows. */
export async function findLatestCheckpoint(
  projectUuid: string,
  keys: readonly PublicJwk[],
): Promise<Checkpoint | null> {
  for (const line of (await readLines()).reverse()) {
    const checkpoint = readCheckpoint(verifyJws(line, keys));
    if (checkpoint?.project === projectUuid) return checkpoint;
  }
  return null;
}

async function readLines(): Promise<string[]> {
  const path = getCheckpointPath();
  const text = path ? await readFile(path, "utf8").catch(() => "") : "";
  return text.split("\n").filter(Boolean);
}

function readCheckpoint(checked: Verification): Checkpoint | null {
  const read = checked.valid ? checkpointSchema.safeParse(checked.payload) : null;
  return read?.success ? read.data : null;
}

/** Every checkpoint that was signed by one of these keys, and the latest of each project. */
export async function readCheckpoints(
  keys: readonly PublicJwk[],
): Promise<{ all: Checkpoint[]; latest: Map<string, Checkpoint>; forged: number }> {
  const all: Checkpoint[] = [];
  let forged = 0;
  for (const line of await readLines()) {
    const checked = verifyJws(line, keys);
    const checkpoint = readCheckpoint(checked);
    if (checkpoint) all.push(checkpoint);
    else if (checked.valid || !checked.foreign) forged += 1;
  }
  return { all, latest: new Map(all.map((checkpoint) => [checkpoint.project, checkpoint])), forged };
}
