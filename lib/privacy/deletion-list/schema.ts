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
export type ListRow = z.infer<typeof listRowSchema>;

export const addListRowsSchema = z.object({
  list: z.enum(["Email", "Phone"]),
  rows: z.array(listRowSchema).min(1).max(MOST_LIST_ROWS),
});
export type AddListRows = z.infer<typeof addListRowsSchema>;

export const removeListRowsSchema = z.array(workItemSchema).min(1).max(MOST_LIST_ROWS);

export const fileMatchedSchema = z.array(workItemSchema).min(1).max(MOST_FILED_AT_ONCE);

export const confirmOptOutSchema = z.object({ workItem: workItemSchema });

export const matchListSchema = z.object({});

export const reportListSchema = z.object({
  /** Who was told nothing yet, those of whom something else is so by now, or the last report once more. */
  which: z.enum(["new", "changed", "last"]),
});
export type ReportList = z.infer<typeof reportListSchema>;

/** A file of the State: people to be deleted, or people who have taken it back. */
export interface ListFile {
  list: DeletionList | "Removed";
  /** The number that the State knows the broker by, where the file's name tells it. */
  broker: string | null;
  rows: ListRow[];
}

/**
 * Reads a file as the State gives it out: `20260801_12345_Email.csv` with the columns ID and Hash, or `…_Removed.csv`.
 * @returns why it cannot be used, in words, instead of throwing.
 */
export function readListFile(name: string, text: string): { file: ListFile } | { problem: string } {
  const [, broker = null, kind = ""] = /^\d{8}_([^_]+)_([^_.]+)/.exec(name) ?? [];
  const known = Object.keys(DELETION_LISTS).find((list) => list.toLowerCase() === kind.toLowerCase());
  const list = kind.toLowerCase() === "removed" ? "Removed" : MATCHED_LISTS.find((one) => one === known);
  if (!list) return { problem: describeUnknownList(name, known) };
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { delimiter: ",", skipEmptyLines: "greedy" });
  const [heads = [], ...lines] = data;
  const [id, hash] = ["id", "hash"].map((column) => heads.findIndex((head) => head.trim().toLowerCase() === column));
  if (id === undefined || hash === undefined || id < 0 || hash < 0)
    return { problem: `${name}: the first line has to name the columns ID and Hash.` };
  const rows: ListRow[] = [];
  for (const [index, cells] of lines.entries()) {
    const read = listRowSchema.safeParse({ id: cells[id]?.trim(), hash: cells[hash]?.trim() });
    if (!read.success)
      return { problem: `${name}, row ${index + 2}: ${describeIssue(read.error)}. Nothing was taken in.` };
    rows.push(read.data);
  }
  return { file: { list, broker, rows } };
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
