import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { signPayload, verifyJws } from "#lib/keys/jws.ts";
import { getSigningKey, type PublicJwk } from "#lib/keys/signing.ts";

/** What an erasure was about, in the hashes that find it again in a restored database. */
const entrySchema = z.object({
  receipt: z.string(),
  project: z.string(),
  scope: z.enum(["person", "session", "message", "episode", "fact"]),
  /** Keyed hashes, in base64url; the first is the user id's, or the uuid's of what was forgotten. */
  identifiers: z.array(z.string()),
  kinds: z.array(z.enum(["user_id", "session_id", "email", "message", "episode", "fact"])),
  keyId: z.string(),
  keptOut: z.boolean(),
  /** False where nobody was known by what was asked for; whom a restored database knows by it is erased there as well. */
  known: z.boolean().default(true),
  /** What was done with others' words, each by the keyed hash of its uuid: a restored backup holds them as they were. */
  mentions: z.array(z.tuple([z.string(), z.enum(["redact", "delete"])])).optional(),
  at: z.string(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

const lineSchema = z.discriminatedUnion("event", [
  z.object({ event: z.literal("intended"), entry: entrySchema }),
  z.object({ event: z.literal("done"), receipt: z.string() }),
  z.object({ event: z.literal("withdrawn"), receipt: z.string() }),
]);
type JournalEvent = z.infer<typeof lineSchema>;

/** How a line of the journal ends up: with the hash of the line before it, and signed. */
const signedSchema = z.intersection(lineSchema, z.object({ previous: z.string() }));

const FIRST = "0".repeat(43);

/** The file that outlives the database. */
export function getJournalPath(): string {
  const { LETHE_JOURNAL } = env();
  if (!LETHE_JOURNAL)
    throw new AppError(
      "unavailable",
      "Nothing was deleted: LETHE_JOURNAL does not say where erasures are written down.",
    );
  return resolve(LETHE_JOURNAL);
}

/** Writes down, before the database commits, what is about to be erased. On disk when this returns. */
export function writeIntent(tx: Tx, entry: JournalEntry): Promise<void> {
  return appendLine(tx, { event: "intended", entry });
}

/** Writes down that it was erased, or that it was not. */
export function writeOutcome(receipt: string, event: "done" | "withdrawn"): Promise<void> {
  return runInTransaction((tx) => writeOutcomeIn(tx, receipt, event));
}

/** The same in a transaction of one's own. */
export function writeOutcomeIn(tx: Tx, receipt: string, event: "done" | "withdrawn"): Promise<void> {
  return appendLine(tx, { event, receipt });
}

/** Waits for whoever writes to the journal, and keeps others waiting until this transaction ends. */
export async function lockJournal(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${JOURNAL_LOCK}::bigint)`;
}

/** Any number will do; whoever writes to the journal of this database takes the same one, until the transaction ends. */
const JOURNAL_LOCK = 7_203_115;

async function appendLine(tx: Tx, event: JournalEvent): Promise<void> {
  const path = getJournalPath();
  const key = getSigningKey();
  if (!key) throw new AppError("unavailable", "Nothing was deleted: LETHE_SIGNING_KEY is missing.");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await lockJournal(tx);
  const file = await open(path, "a+", 0o600);
  try {
    await cutTornLine(file);
    const last = await readLastLine(file);
    const previous = last === "" ? FIRST : hashLine(last);
    await file.appendFile(`${signPayload({ ...event, previous }, key)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * A line without its end was being written when the process died, and nothing was committed on its strength: it goes, so that
 * the next one stands on a line of its own.
 */
async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
  if (size === 0 || buffer.toString() === "\n") return;
  const text = await readFile(getJournalPath(), "utf8");
  await file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
}

/** Reads from the end, since a journal only grows. */
async function readLastLine(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  for (let length = Math.min(size, 4_096); ; length = Math.min(size, length * 4)) {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString("utf8").trimEnd().split("\n");
    if (lines.length > 1 || length === size) return lines.at(-1) ?? "";
  }
}

function hashLine(line: string): string {
  return createHash("sha256").update(line).digest("base64url");
}

export interface Journal {
  /** What was to be erased, by receipt, in the order it was written down. */
  entries: Map<string, JournalEntry>;
  /** How each ended; none where the process did not live to write it. */
  outcomes: Map<string, "done" | "withdrawn">;
  /** Why the journal cannot be trusted, if it cannot. */
  problem: string | null;
  /** Projects that lines speak of which none of the keys has signed. */
  foreign: Set<string>;
}

/**
 * Reads the journal and checks that no line was changed and none is missing between them. Lines that another instance has
 * signed are passed over.
 */
export async function readJournal(keys: readonly PublicJwk[]): Promise<Journal> {
  const journal: Journal = { entries: new Map(), outcomes: new Map(), problem: null, foreign: new Set() };
  const text = await readFile(getJournalPath(), "utf8").catch(() => "");
  let previous = FIRST;
  // What stands after the last end of a line was never whole.
  for (const [index, line] of text.split("\n").slice(0, -1).filter(Boolean).entries()) {
    const checked = verifyJws(line, keys);
    const read = checked.valid ? signedSchema.safeParse(checked.payload) : null;
    const foreign = !checked.valid && checked.foreign;
    if (!foreign && (!read?.success || read.data.previous !== previous)) {
      journal.problem = `Line ${index + 1} of the journal of erasures was changed, or lines before it are missing.`;
      return journal;
    }
    previous = hashLine(line);
    if (foreign) for (const project of listProjectsOf(line)) journal.foreign.add(project);
    if (!read?.success) continue;
    if (read.data.event === "intended") journal.entries.set(read.data.entry.receipt, read.data.entry);
    else journal.outcomes.set(read.data.receipt, read.data.event);
  }
  return journal;
}

/** What a line says it is about, whoever has signed it. */
function listProjectsOf(line: string): string[] {
  const payload = Buffer.from(line.split(".")[1] ?? "", "base64url").toString("utf8");
  return [...payload.matchAll(/"project":"([0-9a-f-]{36})"/g)].flatMap(([, project]) => project ?? []);
}
