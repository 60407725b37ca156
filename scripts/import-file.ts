import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Actor } from "#lib/auth/actor.ts";
import { formatCount, formatNumber } from "#lib/format.ts";
import { type ImportOutcome, importRecords, type NumberedRecord } from "#lib/transfer/mutations.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { parseLine } from "#lib/transfer/records.ts";
import { readArchive } from "#scripts/export-archive.ts";
import { cutLines, type Line, readLines } from "#scripts/lines.ts";
import { ProgressBar } from "#scripts/progress-bar.ts";

/** Lines that are stored together, in one transaction. */
const BATCH = 1_000;
const IMPORTED = ["users", "sessions", "messages", "episodes"] as const;
/** Complaints beyond these are counted, not printed. */
const MOST_COMPLAINTS = 50;

/**
 * Imports one file, batch by batch, and reports on the console.
 * @param stop ends the import after the batch under way; what is stored by then stays.
 * @returns how many lines were refused.
 */
export async function importFile(file: string, actor: Actor, stop: AbortSignal): Promise<number> {
  const names = new RecordNamer();
  const { size, lines } = openFile(file);
  const bar = new ProgressBar(basename(file), size);
  const total: ImportOutcome["added"] = { users: 0, sessions: 0, messages: 0, episodes: 0 };
  let [understood, unreadable] = [0, 0];
  const refused: ImportOutcome["refused"] = [];
  let batch: NumberedRecord[] = [];

  const storeBatch = async () => {
    const outcome = await importRecords(actor, batch, names);
    batch = [];
    for (const kind of IMPORTED) total[kind] += outcome.added[kind];
    refused.push(...outcome.refused);
  };
  for await (const { number: lineNumber, text, bytes } of lines) {
    if (stop.aborted) break;
    const line = text?.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    const parsed = line === undefined ? { reason: "not valid UTF-8" } : parseLine(line);
    if ("record" in parsed) {
      understood += 1;
      batch.push({ line: lineNumber, record: parsed.record });
    } else {
      unreadable += 1;
      refused.push({ line: lineNumber, reason: parsed.reason });
    }
    if (batch.length >= BATCH) {
      await storeBatch();
      bar.show(bytes);
    }
  }
  await storeBatch();
  bar.end();
  printReport(file, { lines: understood + unreadable, understood, added: total, refused });
  return refused.length;
}

/** A file of lines, or the archive that a person was given of their data. */
function openFile(file: string): { size: number; lines: AsyncGenerator<Line> } {
  if (!file.endsWith(".zip")) return { size: statSync(file).size, lines: readLines(file) };
  const bytes = readArchive(file);
  return { size: bytes.length, lines: cutLines([bytes]) };
}

interface Report {
  /** Of the file, without blank ones. */
  lines: number;
  /** Lines that are records, whether new, known already or refused. */
  understood: number;
  added: ImportOutcome["added"];
  refused: ImportOutcome["refused"];
}

function printReport(file: string, { lines, understood, added, refused }: Report): void {
  const sorted = refused.toSorted((a, b) => a.line - b.line);
  for (const { line, reason } of sorted.slice(0, MOST_COMPLAINTS)) console.error(`line ${line}: ${reason}`);
  if (sorted.length > MOST_COMPLAINTS)
    console.error(`… and ${formatCount(sorted.length - MOST_COMPLAINTS, "more line")}.`);
  const sums = `${formatCount(added.users, "user")}, ${formatCount(added.sessions, "session")}, ${formatCount(added.messages, "message")}`;
  const newRecords = `${sums} and ${formatCount(added.episodes, "episode")} added`;
  console.log(
    `${basename(file)}: ${formatCount(lines, "line")} read, ${formatNumber(understood)} understood; ${newRecords}; ${formatCount(refused.length, "line")} refused.`,
  );
}
