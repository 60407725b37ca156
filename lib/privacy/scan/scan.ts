import type pg from "pg";
import { z } from "zod";
import {
  type CatalogueColumn,
  type CatalogueTable,
  makeFingerprint,
  readCatalogue,
} from "#lib/privacy/scan/catalogue.ts";
import {
  listNeedles,
  type Needle,
  type NeedleKind,
  type Sought,
  selectForText,
  toJsonText,
  toLikePattern,
  toWordPattern,
} from "#lib/privacy/scan/needles.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";

/** Rows of one table in which somebody who is sought was found. */
export interface Hit {
  /** As the stores name it: a partition's rows are its table's. */
  table: string;
  subject: number;
  /** Whose row it is, as far as it is anybody's: a person's or a graph's uuid. */
  owner: string | null;
  /** The project the row is in, where it is in one. */
  project: string | null;
  kinds: NeedleKind[];
  /** Found in a column of uuids: a reference, and no words. */
  referred: boolean;
}

export interface Scan {
  fingerprint: string;
  tables: number;
  columns: number;
  rows: number;
  needles: number;
  /** How many of the needles were sought as whole values alone, being too short to be told from other words. */
  wholeOnly: number;
  hits: Hit[];
  startedAt: Date;
  endedAt: Date;
}

/** So many rows with a find are told apart; more are an error of the search, since nobody is mentioned that often. */
const MOST_HITS = 20_000;

/**
 * Reads every column of every table for what these people are called by: uuids and ids as whole values, everything else as
 * words of their own inside of texts. It sees what one moment holds, in a snapshot of its own.
 * @param client of a role that may read everything, outside of a transaction.
 */
export async function scanFor(client: pg.ClientBase, sought: readonly Sought[]): Promise<Scan> {
  const startedAt = new Date();
  const needles = listNeedles(sought);
  const inText = selectForText(needles);
  const search = makeSearch(needles, inText);
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    await client.query("SET LOCAL statement_timeout = 0");
    const tables = await readCatalogue(client);
    let rows = 0;
    let columns = 0;
    const hits: Hit[] = [];
    for (const table of tables) {
      const found = await scanTable(client, table, search);
      rows += found.rows;
      columns += found.columns;
      hits.push(...found.hits);
    }
    return {
      fingerprint: makeFingerprint(tables),
      tables: tables.length,
      columns,
      rows,
      needles: needles.length,
      wholeOnly: needles.length - inText.length,
      hits,
      startedAt,
      endedAt: new Date(),
    };
  } finally {
    await client.query("COMMIT");
  }
}

/** What is sought, in the lists that the statements take. */
interface Search {
  needles: readonly (Needle & { inText: boolean })[];
  uuids: string[];
  wholes: string[];
  likes: string[];
  words: string[];
  jsonLikes: string[];
  jsonWords: string[];
}

function makeSearch(needles: readonly Needle[], inText: readonly Needle[]): Search {
  const wholes = needles.map(({ value }) => value.toLowerCase());
  const long = new Set(inText);
  // JSON writes a value between quotes: even a short one is found as a whole there.
  const asJson = needles.map((needle) => (long.has(needle) ? toJsonText(needle.value) : JSON.stringify(needle.value)));
  return {
    needles: needles.map((needle) => ({ ...needle, inText: long.has(needle) })),
    uuids: needles.flatMap(({ kind, value }) => (kind === "uuid" ? [value] : [])),
    wholes: [...new Set(wholes)],
    likes: [...new Set(inText.map(({ value }) => toLikePattern(value)))],
    words: [...new Set(inText.map(({ value }) => toWordPattern(value)))],
    jsonLikes: [...new Set(asJson.map(toLikePattern))],
    jsonWords: [...new Set(asJson.map(toWordPattern))],
  };
}

const countSchema = z.object({ rows: z.coerce.number(), found: z.coerce.number() });
const foundSchema = z.object({
  owner: z.string().nullable(),
  project: z.string().nullable(),
  referred: z.array(z.string()),
  found: z.array(z.string()),
});

async function scanTable(client: pg.ClientBase, table: CatalogueTable, search: Search) {
  const compared = table.columns.filter(({ comparison }) => comparison !== "other");
  const name = table.name.split(".").map(quote).join(".");
  const parameters = [search.uuids, search.wholes, search.likes, search.words, search.jsonLikes, search.jsonWords];
  // Every parameter has a type even where no column of the table needs it.
  const typed =
    "$1::uuid[] IS NULL AND $2::text[] IS NULL AND $3::text[] IS NULL AND $4::text[] IS NULL AND $5::text[] IS NULL AND $6::text[] IS NULL";
  const matches = [typed, ...compared.map((column) => buildMatch(column))].join(" OR ");
  const { rows } = await client.query(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${matches}) AS found FROM ONLY ${name}`,
    parameters,
  );
  const counted = countSchema.parse(rows[0]);
  const hits = counted.found > 0 ? await listHits(client, { table, name, matches, parameters, search }) : [];
  return { rows: counted.rows, columns: compared.length, hits };
}

/** The condition that a column holds anything of what is sought. */
function buildMatch({ name, comparison }: CatalogueColumn): string {
  const column = quote(name);
  if (comparison === "uuid") return `${column} = ANY($1)`;
  if (comparison === "uuids") return `${column} && $1`;
  const text = buildText({ name, comparison });
  if (comparison === "json") return `(${text} LIKE ANY($5) AND ${text} ~ ANY($6))`;
  return `(${text} = ANY($2) OR ${text} LIKE ANY($3) AND ${text} ~ ANY($4))`;
}

function buildText({ name, comparison }: Pick<CatalogueColumn, "name" | "comparison">): string {
  const column = quote(name);
  return comparison === "texts" || comparison === "uuids"
    ? `lower(array_to_string(${column}, chr(10)))`
    : `lower(${column}::text)`;
}

interface Finding {
  table: CatalogueTable;
  name: string;
  matches: string;
  parameters: string[][];
  search: Search;
}

/** Reads the rows that hold something of what is sought, and tells whose they are and who is found in them. */
async function listHits(client: pg.ClientBase, { table, name, matches, parameters, search }: Finding): Promise<Hit[]> {
  const stored = STORED_TABLES.find((known) => known.name === table.root);
  const has = (column: string) => table.columns.some((known) => known.name === column);
  const owner = stored?.owner && has(stored.owner) ? `${quote(stored.owner)}::text` : "NULL";
  const project = has("project_uuid") ? "project_uuid::text" : "NULL";
  const compared = table.columns.filter(({ comparison }) => comparison !== "other");
  const isReference = ({ comparison }: CatalogueColumn) => comparison === "uuid" || comparison === "uuids";
  const listTexts = (columns: CatalogueColumn[]) =>
    `ARRAY[${columns.map((column) => `coalesce(${buildText(column)}, '')`).join(", ")}]::text[]`;
  const { rows } = await client.query(
    `SELECT ${owner} AS owner, ${project} AS project, ${listTexts(compared.filter(isReference))} AS referred,
       ${listTexts(compared.filter((column) => !isReference(column)))} AS found
     FROM ONLY ${name} WHERE ${matches} LIMIT ${MOST_HITS}`,
    parameters,
  );
  return z
    .array(foundSchema)
    .parse(rows)
    .flatMap(({ owner, project, referred, found }) => {
      const refers = ({ kind, value }: Needle) => kind === "uuid" && referred.some((text) => text.includes(value));
      const bySubject = Map.groupBy(
        search.needles.filter((needle) => refers(needle) || found.some((text) => holdsNeedle(text, needle))),
        ({ subject }) => subject,
      );
      return [...bySubject].map(([subject, needles]) => ({
        table: table.root,
        subject,
        owner,
        project,
        kinds: [...new Set(needles.map(({ kind }) => kind))],
        referred: needles.some(refers),
      }));
    });
}

/** Whether a text in small letters is what is sought, or holds it as words of its own, as the statement found it. */
function holdsNeedle(text: string, { value, inText }: Search["needles"][number]): boolean {
  const small = value.toLowerCase();
  if (!inText) return text === small || text.includes(JSON.stringify(small));
  for (const form of new Set([small, toJsonText(small)]))
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
      if (!isWordPart(text[at - 1]) && !isWordPart(text[at + form.length])) return true;
  return false;
}

function isWordPart(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_-]/u.test(letter);
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
