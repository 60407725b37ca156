import Papa from "papaparse";
import { z } from "zod";
import {
  DELETION_LISTS,
  type DeletionList,
  MATCHED_LISTS,
  MOST_FILED_AT_ONCE,
  MOST_LIST_ROWS,
} from "#lib/privacy/deletion-list/terms.ts";

/** The id of a row: twelve letters and digits. */
const workItemSchema = z.string().regex(/^[0-9A-Za-z]{12}$/, "is no work item id of twelve letters and digits");

/** SHA-256 in base64. */
const hashSchema = z.string().regex(/^[0-9A-Za-z+/]{43}=$/, "is no hash: 44 characters of base64");

const listRowSchema = z.object({ id: workItemSchema, hash: hashSchema });

export const addListRowsSchema = z.object({
  list: z.enum(["Email", "Phone"]),
  rows: z.array(listRowSchema).min(1).max(MOST_LIST_ROWS),
});
export type AddListRows = z.infer<typeof addListRowsSchema>;

/** A row that tells which list it is of, as those that are taken back do. */
const listedRowSchema = listRowSchema.extend({ list: z.enum(["Email", "Phone"]) });
export type ListedRow = z.infer<typeof listedRowSchema>;

export const removeListRowsSchema = z.array(listedRowSchema).min(1).max(MOST_LIST_ROWS);

export const fileMatchedSchema = z.array(workItemSchema).min(1).max(MOST_FILED_AT_ONCE);

/** How many people share it, as the page has shown it. */
export const confirmOptOutSchema = z.object({ workItem: workItemSchema, people: z.number().int() });

/** Whether files of the State were taken in just before. */
export const matchListSchema = z.object({ pulled: z.boolean() });
export type MatchList = z.infer<typeof matchListSchema>;

export const reportListSchema = z.object({
  /** Those of whom nothing was told yet, or of whom something else is so by now. */
  which: z.enum(["new", "changed"]),
});
export type ReportList = z.infer<typeof reportListSchema>;

export const downloadReportSchema = z.object({ report: z.uuid() });

/** What was in a report. */
export const reportRowsSchema = z.array(z.object({ workItem: z.string(), code: z.number() }));

/** A file of the State: people to be deleted, or people who have taken it back. */
export interface ListFile {
  kind: DeletionList | "Removed";
  /** The number that the State knows the broker by, where the file's name tells it. */
  broker: string | null;
  rows: ListedRow[];
}

/**
 * Reads a file as the State gives it out: `20260801_12345_Email.csv` with the columns ID and Hash, or `…_Removed.csv`.
 * @returns why it cannot be used, in words, instead of throwing.
 */
export function readListFile(name: string, text: string): { file: ListFile } | { problem: string } {
  const [, broker = null, word = ""] = /^\d{8}_([^_]+)_([^_.]+)/.exec(name) ?? [];
  const known = Object.keys(DELETION_LISTS).find((list) => list.toLowerCase() === word.toLowerCase());
  const kind = word.toLowerCase() === "removed" ? "Removed" : MATCHED_LISTS.find((one) => one === known);
  if (!kind) return { problem: describeUnknownList(name, known) };
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { delimiter: ",", skipEmptyLines: "greedy" });
  const [heads = [], ...lines] = data;
  const find = (column: string) => heads.findIndex((head) => head.trim().toLowerCase() === column);
  const [id, hash, type] = [find("id"), find("hash"), find("listtype")];
  if (id < 0 || hash < 0 || (kind === "Removed" && type < 0)) {
    const needed = kind === "Removed" ? "ID, Hash and ListType" : "ID and Hash";
    return { problem: `${name}: the first line has to name the columns ${needed}.` };
  }
  const rows: ListedRow[] = [];
  for (const [index, cells] of lines.entries()) {
    const list = kind === "Removed" ? MATCHED_LISTS.find((one) => one === cells[type]?.trim()) : kind;
    // What was taken back of a list that is not compared here concerns nobody.
    if (!list) continue;
    const read = listedRowSchema.safeParse({ id: cells[id]?.trim(), hash: cells[hash]?.trim(), list });
    if (!read.success)
      return { problem: `${name}, row ${index + 2}: ${describeIssue(read.error)}. Nothing was taken in.` };
    rows.push(read.data);
  }
  return { file: { kind, broker, rows } };
}

function describeIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path[0] === "hash" ? "Hash" : "ID"} ${issue?.message}`;
}

function describeUnknownList(name: string, known: string | undefined): string {
  if (known)
    return `${name}: nobody is known here by what the list ${known} is of. Do not choose it on the platform, or compare it elsewhere: it would be wrong to answer “not found”.`;
  return `${name}: the name does not tell which list it is. Leave it as it came, such as 20260801_12345_Email.csv.`;
}

/** A report as the State takes it in: the columns Id and Status. */
export function writeReport(rows: readonly { workItem: string; code: number }[]): string {
  return `${Papa.unparse([["Id", "Status"], ...rows.map(({ workItem, code }) => [workItem, String(code)])])}\r\n`;
}

/** What a report is called, as the State wants it: the day, the broker's number, and what is in it. */
export function nameReport(broker: string, suffix: string): string {
  return `${new Date().toISOString().slice(0, 10).replaceAll("-", "")}_${broker}_Status_${suffix}.csv`;
}
