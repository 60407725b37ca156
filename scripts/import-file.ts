import { statSync } from "node:fs";
import { basename } from "node:path";
import { Actor } from "#lib/auth/actor.ts";
import { MessageNames } from "#lib/imports/message-names.ts";
import { type ImportOutcome, importRecords, type NumberedRecord } from "#lib/imports/mutations.ts";
import { parseLine } from "#lib/imports/records.ts";
import { ensureProjects } from "#lib/projects/first-run.ts";
import { linesOf } from "#scripts/lines.ts";
import { ProgressBar } from "#scripts/progress-bar.ts";

/** Lines that are stored together, in one transaction. */
const BATCH = 1_000;
/** Complaints beyond these are counted, not printed. */
const MOST_COMPLAINTS = 50;

/**
 * Imports one file, batch by batch, and reports on the console.
 * @param stop ends the import after the batch under way; what is stored by then stays.
 * @returns how many lines were refused.
 */
export async function importFile(file: string, project: string, stop: AbortSignal): Promise<number> {
  await ensureProjects();
  const actor = await Actor.ofCommandLine(project);
  const names = new MessageNames();
  const bar = new ProgressBar(basename(file), statSync(file).size);
  const total = { users: 0, sessions: 0, messages: 0 };
  const refused: ImportOutcome["refused"] = [];
  let batch: NumberedRecord[] = [];

  const store = async () => {
    const outcome = await importRecords(actor, batch, names);
    batch = [];
    total.users += outcome.added.users;
    total.sessions += outcome.added.sessions;
    total.messages += outcome.added.messages;
    refused.push(...outcome.refused);
  };
  for await (const { number, text, bytes } of linesOf(file)) {
    if (stop.aborted) break;
    const line = text?.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    const parsed = line === undefined ? { reason: "not valid UTF-8" } : parseLine(line);
    if ("record" in parsed) batch.push({ line: number, record: parsed.record });
    else refused.push({ line: number, reason: parsed.reason });
    if (batch.length >= BATCH) {
      await store();
      bar.show(bytes);
    }
  }
  await store();
  bar.end();
  report(file, total, refused);
  return refused.length;
}

function report(file: string, total: ImportOutcome["added"], refused: ImportOutcome["refused"]): void {
  const sorted = refused.toSorted((a, b) => a.line - b.line);
  for (const { line, reason } of sorted.slice(0, MOST_COMPLAINTS)) console.error(`line ${line}: ${reason}`);
  if (sorted.length > MOST_COMPLAINTS) console.error(`… and ${sorted.length - MOST_COMPLAINTS} more lines.`);
  const added = `${total.users} users, ${total.sessions} sessions, ${total.messages} messages added`;
  console.log(`${basename(file)}: ${added}; ${refused.length} lines refused.`);
}
