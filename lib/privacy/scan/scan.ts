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

/** Rows of one table in which somebody who is sought was found in the same way. */
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
  /** How many such rows there are. */
  rows: number;
}

/** How many rows all of these are. */
export function countRows(hits: readonly Hit[]): number {
  return hits.reduce((sum, { rows }) => sum + rows, 0);
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

/** So many of the rows that hold something are read at once. */
const READ_AT_ONCE = 2_000;

/**
 * Reads every column of every table for what these people are called by: uuids and ids as whole values, everything else as
 * words of their own inside of texts. It sees what one moment holds, in a snapshot of its own.
 * @param client of a role that may read everything, outside of a transaction.
 * @param othersOnly leaves out what is their own, while it is still there.
 */
export async function scanFor(
  client: pg.ClientBase,
  sought: readonly Sought[],
  { othersOnly = false } = {},
): Promise<Scan> {
  const startedAt = new Date();
  const needles = await foldNeedles(client, listNeedles(sought));
  const inText = selectForText(needles);
  const search = { ...makeSearch(needles, inText), persons: sought.map(({ person }) => person), othersOnly };
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
      for (const hit of found.hits) hits.push(hit);
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

/** In small letters as the database makes them: other languages have other ideas of what is small. */
async function foldNeedles(client: pg.ClientBase, needles: Needle[]): Promise<Needle[]> {
  const { rows } = await client.query(
    "SELECT lower(value) AS value FROM unnest($1::text[]) WITH ORDINALITY AS n (value, place) ORDER BY place",
    [needles.map(({ value }) => value)],
  );
  const folded = z.array(z.object({ value: z.string() })).parse(rows);
  return needles.map((needle, place) => ({ ...needle, value: folded[place]?.value ?? needle.value }));
}

/** What is sought, in the lists that the statements take. */
interface Search {
  /** Told apart in a row by looking into its texts; the others by looking its values up. */
  inText: readonly Needle[];
  byValue: ReadonlyMap<string, Needle[]>;
  /** Too short for that, and looked for between quotes as well. */
  quoted: readonly Needle[];
  uuids: string[];
  /** Sought as whole values of a column alone. */
  wholes: string[];
  /** Sought anywhere in a row: first what it costs little to look for, then whether it stands there as words of its own. */
  likes: string[];
  words: string[];
  persons: string[];
  othersOnly: boolean;
}

function makeSearch(needles: readonly Needle[], inText: readonly Needle[]): Omit<Search, "persons" | "othersOnly"> {
  const long = new Set(inText);
  const short = needles.filter((needle) => !long.has(needle));
  // JSON writes a value between quotes: even a short one is found as a whole there, and a long one may be escaped.
  const quoted = short.filter(({ kind }) => kind === "user_id");
  const forms = [
    ...inText.flatMap(({ value }) => [value, toJsonText(value)]),
    ...quoted.map(({ value }) => JSON.stringify(value)),
  ];
  return {
    inText,
    quoted,
    byValue: Map.groupBy(needles, ({ value }) => value),
    uuids: needles.flatMap(({ kind, value }) => (kind === "uuid" ? [value] : [])),
    wholes: [...new Set(short.map(({ value }) => value))],
    likes: [...new Set(forms.map(toLikePattern))],
    words: [...new Set(forms.map(toWordPattern))],
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
  const name = table.name.split(".").map(quoteIdentifier).join(".");
  const parameters = [search.uuids, search.wholes, search.likes, search.words];
  const matches = buildMatch(compared, search);
  const { rows } = await client.query(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${matches}) AS found FROM ONLY ${name}`,
    parameters,
  );
  const counted = countSchema.parse(rows[0]);
  const hits = counted.found > 0 ? await listHits(client, { table, name, matches, parameters, search }) : [];
  return { rows: counted.rows, columns: compared.length, hits };
}

/** Every parameter gets its type even where no column of a table needs it. */
const TYPED = "($1::uuid[] IS NULL AND $2::text[] IS NULL AND $3::text[] IS NULL AND $4::text[] IS NULL)";

/** The condition that a row holds anything of what is sought. Its texts are looked through together, each once. */
function buildMatch(columns: readonly CatalogueColumn[], { wholes }: Search): string {
  const texts = columns.filter((column) => !isReference(column));
  const row = `lower(concat_ws(chr(10), ${texts.map(buildText).join(", ")}))`;
  return [
    TYPED,
    ...columns.filter(isReference).map(buildReference),
    ...(texts.length > 0 ? [`(${row} LIKE ANY($3) AND ${row} ~ ANY($4))`] : []),
    ...(wholes.length > 0
      ? texts
          .filter(({ comparison }) => comparison === "text")
          .map(({ name }) => `lower(${quoteIdentifier(name)}::text) = ANY($2)`)
      : []),
  ].join(" OR ");
}

function buildReference({ name, comparison }: CatalogueColumn): string {
  return comparison === "uuid" ? `${quoteIdentifier(name)} = ANY($1)` : `${quoteIdentifier(name)} && $1`;
}

function isReference({ comparison }: CatalogueColumn): boolean {
  return comparison === "uuid" || comparison === "uuids";
}

function buildText({ name, comparison }: CatalogueColumn): string {
  const column = quoteIdentifier(name);
  return comparison === "texts" || comparison === "uuids" ? `array_to_string(${column}, chr(10))` : `${column}::text`;
}

interface Finding {
  table: CatalogueTable;
  name: string;
  matches: string;
  parameters: string[][];
  search: Search;
}

/** Reads the rows that hold something of what is sought, and tells whose they are and who is found in them. */
async function listHits(client: pg.ClientBase, finding: Finding): Promise<Hit[]> {
  const { table, search } = finding;
  const hits = new Map<string, Hit>();
  for await (const row of readFound(client, finding))
    for (const [subject, needles] of Map.groupBy(listNamed(row, search), ({ needle }) => needle.subject)) {
      const kinds = [...new Set(needles.map(({ needle }) => needle.kind))].sort();
      const referred = needles.some((named) => named.referred);
      const key = [subject, row.owner, row.project, referred, ...kinds].join(" ");
      const hit = hits.get(key);
      if (hit) hit.rows += 1;
      else
        hits.set(key, { table: table.root, subject, owner: row.owner, project: row.project, kinds, referred, rows: 1 });
    }
  return [...hits.values()];
}

/** The rows that hold something, a few at a time: a name may stand in millions of them. */
async function* readFound(client: pg.ClientBase, { table, name, matches, parameters, search }: Finding) {
  const stored = STORED_TABLES.find((known) => known.name === table.root);
  const has = (column: string) => table.columns.some((known) => known.name === column);
  const owner = stored?.owner && has(stored.owner) ? `${quoteIdentifier(stored.owner)}::text` : "NULL";
  const project = has("project_uuid") ? "project_uuid::text" : "NULL";
  const compared = table.columns.filter(({ comparison }) => comparison !== "other");
  const references = compared.filter(isReference);
  const listTexts = (columns: CatalogueColumn[]) =>
    `ARRAY[${columns.map((column) => `coalesce(lower(${buildText(column)}), '')`).join(", ")}]::text[]`;
  const own = [
    owner === "NULL" ? (project === "NULL" ? "TRUE" : "FALSE") : `coalesce(${owner} = ANY($5::text[]), FALSE)`,
    ...references.map(buildReference),
  ].join(" OR ");
  await client.query(
    `DECLARE found NO SCROLL CURSOR FOR
     SELECT ${owner} AS owner, ${project} AS project, ${listTexts(references)} AS referred,
       ${listTexts(compared.filter((column) => !isReference(column)))} AS found
     FROM ONLY ${name} WHERE (${matches}) AND ($5::text[] IS NULL OR NOT coalesce(${own}, FALSE))`,
    [...parameters, search.othersOnly ? search.persons : null],
  );
  for (;;) {
    const { rows } = await client.query(`FETCH ${READ_AT_ONCE} FROM found`);
    yield* z.array(foundSchema).parse(rows);
    if (rows.length < READ_AT_ONCE) break;
  }
  await client.query("CLOSE found");
}

/** Everything that is sought and stands in a row, and whether the row refers to it. */
function listNamed({ referred, found }: z.infer<typeof foundSchema>, search: Search) {
  const references = referred.flatMap((text) => text.split("\n")).flatMap((uuid) => search.byValue.get(uuid) ?? []);
  const words = [
    ...found.flatMap((text) => search.byValue.get(text) ?? []),
    ...search.inText.filter((needle) => found.some((text) => holdsWords(text, needle))),
    ...search.quoted.filter(({ value }) => found.some((text) => text.includes(JSON.stringify(value)))),
  ];
  return [
    ...references.map((needle) => ({ needle, referred: true })),
    ...words.map((needle) => ({ needle, referred: false })),
  ];
}

/** Whether a text in small letters holds what is sought as words of its own, as the statement found it. */
function holdsWords(text: string, { value }: Needle): boolean {
  for (const form of new Set([value, toJsonText(value)]))
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
      if (!isWordPart(text[at - 1]) && !isWordPart(text[at + form.length])) return true;
  return false;
}

function isWordPart(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_-]/u.test(letter);
}

function quoteIdentifier(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
