import Papa from "papaparse";
import { z } from "zod";
import type { FileRequest } from "#lib/privacy/requests/schema.ts";
import { fileRequestSchema } from "#lib/privacy/requests/schema.ts";
import { CLOCKS, LAWS, REQUEST_TYPES } from "#lib/privacy/requests/terms.ts";
import { parse } from "#lib/validation.ts";

/** The columns of a file of requests: what each holds, in the words of whoever fills it in. */
export const CSV_COLUMNS = {
  reference: "what you call the request: the same one is filed once, however often the file is sent",
  identifier: "the person's user ID or e-mail address",
  type: "erasure, access, portability, rectification or restriction",
  law: "gdpr, uk_gdpr, ccpa, delete_act or other",
  received: "the day it arrived, as 2026-11-27; today where it is empty",
  contact: "where they are to be answered, if not at the address in their record",
  keepout: "yes or no: whether they are kept out once erased; yes where it is empty",
} as const;

type CsvColumn = keyof typeof CSV_COLUMNS;
const COLUMN_NAMES = Object.keys(CSV_COLUMNS).filter((name): name is CsvColumn => name in CSV_COLUMNS);
const NEEDED: readonly CsvColumn[] = ["reference", "identifier", "type", "law"];

export const MOST_CSV_ROWS = 5_000;

/** One request as the file has it. */
const csvRowSchema = z.object({
  /** As spreadsheets count, the heads being row 1. */
  row: z.number().int(),
  cells: z.record(z.enum(COLUMN_NAMES), z.string().max(2_000)),
});
export type CsvRow = z.infer<typeof csvRowSchema>;

/** So many go at once that each answer comes soon and work can be stopped between two. */
const MOST_ROWS_AT_ONCE = 100;

export const csvRowsSchema = z.array(csvRowSchema).min(1).max(MOST_ROWS_AT_ONCE);

export interface CsvFile {
  rows: CsvRow[];
  /** Heads that mean nothing here. */
  ignored: string[];
  /** Why none of it can be used; null where it can. */
  problem: string | null;
}

/** Reads a file of requests: separated by commas, semicolons or tabs, its heads in any order and any case. Never throws. */
export function readCsv(text: string): CsvFile {
  const lines = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter: findDelimiter(lines), newline: "\n" });
  const [first = [], ...others] = data;
  const heads = first.map(nameHead);
  const ignored = first.filter((_, index) => !isColumn(heads[index]));
  const rows = others.flatMap((values, index) => {
    if (values.every((value) => value.trim() === "")) return [];
    const cells = Object.fromEntries(COLUMN_NAMES.map((name) => [name, values[heads.indexOf(name)]?.trim() ?? ""]));
    return [{ row: index + 2, cells: csvRowSchema.shape.cells.parse(cutCells(cells)) }];
  });
  return { rows, ignored, problem: findBroken(data, errors) ?? findProblem(heads, rows) };
}

/** What separates the heads separates everything: cells may be full of the other ones. */
function findDelimiter(lines: string): string {
  const [heads = ""] = lines.split("\n", 1);
  const countColumns = (delimiter: string) => heads.split(delimiter).map(nameHead).filter(isColumn).length;
  return [",", ";", "\t"].reduce((best, other) => (countColumns(other) > countColumns(best) ? other : best));
}

/** A head as its column is called, however it is written: "Keep out", keep_out, "KEEPOUT". */
function nameHead(head: string): string {
  return head.toLowerCase().replace(/[\s_"-]+/g, "");
}

/** What is longer than any cell may be is refused for that later on, and needs no more than to be seen. */
function cutCells(cells: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, value.slice(0, 2_000)]));
}

function isColumn(head: string | undefined): head is CsvColumn {
  return COLUMN_NAMES.some((name) => name === head);
}

/** Where cells cannot be told apart with certainty: what stood in them would be taken for something else, or be lost. */
function findBroken([heads = [], ...lines]: string[][], errors: Papa.ParseError[]): string | null {
  const quotes = errors.find(({ type }) => type === "Quotes");
  if (quotes) return `In row ${(quotes.row ?? 0) + 1} a quotation mark is opened or closed where none can be.`;
  const longer = lines.findIndex((values) => values.slice(heads.length).some((value) => value.trim() !== ""));
  return longer < 0
    ? null
    : `Row ${longer + 2} has more cells than there are columns. Put quotation marks around what has commas in it.`;
}

function findProblem(heads: string[], rows: CsvRow[]): string | null {
  const missing = NEEDED.filter((name) => !heads.includes(name));
  if (missing.length > 0) return `The first line has to name the columns. Missing: ${missing.join(", ")}.`;
  const twice = COLUMN_NAMES.find((name) => heads.indexOf(name) !== heads.lastIndexOf(name));
  if (twice) return `The column ${twice} is there twice.`;
  if (rows.length === 0) return "There is no request in it.";
  if (rows.length > MOST_CSV_ROWS)
    return `There are ${rows.length} requests in it; ${MOST_CSV_ROWS} at a time are the most. Split it.`;
  return null;
}

/** The first row in which each reference stands, so that its second can be refused. */
export function findRepeated(rows: CsvRow[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const repeated = new Map<number, number>();
  for (const { row, cells } of rows) {
    const before = first.get(cells.reference);
    if (before === undefined) first.set(cells.reference, row);
    else if (cells.reference) repeated.set(row, before);
  }
  return repeated;
}

const YES = ["", "yes", "y", "true", "1"];
const NO = ["no", "n", "false", "0"];

/** A row as a request to be filed. @throws AppError `invalid`, a message per column. */
export function readRequest({ cells }: CsvRow): FileRequest {
  const keepOut = cells.keepout.toLowerCase();
  const typed = cells.law.toLowerCase();
  const law = LAWS.find((name) => name === typed || CLOCKS[name].title.toLowerCase() === typed) ?? typed;
  const { receivedAt, externalRef, keepsOut, ...shape } = fileRequestSchema.shape;
  const schema = z.object({
    ...shape,
    type: z.enum(REQUEST_TYPES, `Say ${CSV_COLUMNS.type}.`),
    law: z.enum(LAWS, `Say ${CSV_COLUMNS.law}.`),
    received: receivedAt,
    reference: externalRef.unwrap().min(1, "Every request needs a reference of its own."),
    keepout: z.boolean("Say yes or no."),
  });
  const read = parse(schema, {
    ...{ identifier: cells.identifier, contact: cells.contact, type: cells.type.toLowerCase(), law, channel: "csv" },
    ...{ received: cells.received, reference: cells.reference },
    keepout: YES.includes(keepOut) ? true : NO.includes(keepOut) ? false : null,
  });
  const { received, reference, keepout, ...rest } = read;
  return { ...rest, receivedAt: received, externalRef: reference, keepsOut: keepout };
}

/** The rows that came to nothing, with why, in a file that can be mended and sent again. */
export function writeCsv(rows: { cells: CsvRow["cells"]; problem: string }[]): string {
  const lines = rows.map(({ cells, problem }) => [...COLUMN_NAMES.map((name) => cells[name]), problem]);
  return `${Papa.unparse([[...COLUMN_NAMES, "problem"], ...lines])}\r\n`;
}
