import pg from "pg";
import { z } from "zod";
import type { CatalogueColumn, CatalogueTable } from "#lib/privacy/scan/catalogue.ts";
import {
  listForms,
  listNeedles,
  type Needle,
  type Sought,
  selectForText,
  toLikePattern,
  toWordPattern,
  toWordSource,
} from "#lib/privacy/scan/needles.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";

/** Puts what is sought into the form that every table is looked through with. @param othersOnly leaves out what is their own. */
export async function makeSearch(
  client: pg.ClientBase,
  sought: readonly Sought[],
  othersOnly: boolean,
): Promise<Search> {
  const needles = await foldNeedles(client, listNeedles(sought));
  return {
    ...makeLists(needles, selectForText(needles)),
    needles,
    persons: sought.map(({ person }) => person),
    othersOnly,
  };
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
export interface Search {
  needles: readonly Needle[];
  /** Told apart in a row by looking into its texts; the others by looking its values up. */
  inText: readonly { needle: Needle; pattern: RegExp }[];
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

function makeLists(
  needles: readonly Needle[],
  inText: readonly Needle[],
): Omit<Search, "needles" | "persons" | "othersOnly"> {
  const long = new Set(inText);
  const short = needles.filter((needle) => !long.has(needle));
  // JSON writes a value between quotes: even a short one is found as a whole there, and a long one may be escaped.
  const quoted = short.filter(({ kind }) => kind === "user_id");
  const forms = [
    ...inText.flatMap(({ value }) => listForms(value)),
    ...quoted.map(({ value }) => JSON.stringify(value)),
  ];
  return {
    inText: inText.map((needle) => ({
      needle,
      pattern: new RegExp(listForms(needle.value).map(toWordSource).join("|"), "u"),
    })),
    quoted,
    byValue: Map.groupBy(needles, ({ value }) => value),
    uuids: needles.flatMap(({ kind, value }) => (kind === "uuid" ? [value] : [])),
    wholes: [...new Set(short.map(({ value }) => value))],
    likes: [...new Set(forms.map(toLikePattern))],
    words: [...new Set(forms.map(toWordPattern))],
  };
}

/** A table, as a search looks through it. */
export interface SearchedTable {
  table: CatalogueTable;
  /** As a statement names it. */
  name: string;
  /** The condition that a row holds anything of what is sought, and what it is asked with. */
  matches: string;
  parameters: string[][];
  columns: number;
}

export function prepareTable(table: CatalogueTable, search: Search): SearchedTable {
  const compared = table.columns.filter(({ comparison }) => comparison !== "other");
  return {
    table,
    name: table.name
      .split(".")
      .map((part) => pg.escapeIdentifier(part))
      .join("."),
    matches: buildMatch(compared, search),
    parameters: [search.uuids, search.wholes, search.likes, search.words],
    columns: compared.length,
  };
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
          .map(({ name }) => `lower(${pg.escapeIdentifier(name)}::text) = ANY($2)`)
      : []),
  ].join(" OR ");
}

function buildReference({ name, comparison }: CatalogueColumn): string {
  return comparison === "uuid" ? `${pg.escapeIdentifier(name)} = ANY($1)` : `${pg.escapeIdentifier(name)} && $1`;
}

function isReference({ comparison }: CatalogueColumn): boolean {
  return comparison === "uuid" || comparison === "uuids";
}

function buildText({ name, comparison }: CatalogueColumn): string {
  const column = pg.escapeIdentifier(name);
  return comparison === "texts" || comparison === "uuids" ? `array_to_string(${column}, chr(10))` : `${column}::text`;
}

const foundSchema = z.object({
  uuid: z.string().nullable(),
  owner: z.string().nullable(),
  project: z.string().nullable(),
  referred: z.array(z.string()),
  found: z.array(z.string()),
});

/** A row that holds something of what is sought: its own uuid where it has one, whose it is, and its texts in small letters. */
export type FoundRow = z.infer<typeof foundSchema>;

/** So many of the rows that hold something are read at once. */
const READ_AT_ONCE = 2_000;

/** The rows that hold something, a few at a time: a name may stand in millions of them. */
export async function* readFound(
  client: pg.ClientBase,
  { table, name, matches, parameters }: SearchedTable,
  search: Search,
): AsyncGenerator<FoundRow> {
  const stored = STORED_TABLES.find((known) => known.name === table.root);
  const has = (column: string) => table.columns.some((known) => known.name === column);
  const owner = stored?.owner && has(stored.owner) ? `${pg.escapeIdentifier(stored.owner)}::text` : "NULL";
  const uuid = has("uuid") ? "uuid::text" : "NULL";
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
     SELECT ${uuid} AS uuid, ${owner} AS owner, ${project} AS project, ${listTexts(references)} AS referred,
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
export function listNamed({ referred, found }: FoundRow, search: Search): { needle: Needle; referred: boolean }[] {
  const references = referred.flatMap((text) => text.split("\n")).flatMap((uuid) => search.byValue.get(uuid) ?? []);
  const words = [
    ...found.flatMap((text) => search.byValue.get(text) ?? []),
    ...search.inText.flatMap(({ needle, pattern }) => (found.some((text) => pattern.test(text)) ? [needle] : [])),
    ...search.quoted.filter(({ value }) => found.some((text) => text.includes(JSON.stringify(value)))),
  ];
  return [
    ...references.map((needle) => ({ needle, referred: true })),
    ...words.map((needle) => ({ needle, referred: false })),
  ];
}
