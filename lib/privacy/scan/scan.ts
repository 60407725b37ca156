import type pg from "pg";
import { z } from "zod";
import { type CatalogueTable, makeFingerprint, readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import type { NeedleKind, Sought } from "#lib/privacy/scan/needles.ts";
import {
  listNamed,
  makeSearch,
  prepareTable,
  readFound,
  type Search,
  type SearchedTable,
} from "#lib/privacy/scan/rows.ts";

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
  const search = await makeSearch(client, sought, othersOnly);
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
      needles: search.needles.length,
      wholeOnly: search.needles.length - search.inText.length,
      hits,
      startedAt,
      endedAt: new Date(),
    };
  } finally {
    await client.query("COMMIT");
  }
}

const countSchema = z.object({ rows: z.coerce.number(), found: z.coerce.number() });
async function scanTable(client: pg.ClientBase, table: CatalogueTable, search: Search) {
  const prepared = prepareTable(table, search);
  const { name, matches, parameters, columns } = prepared;
  const { rows } = await client.query(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${matches}) AS found FROM ONLY ${name}`,
    parameters,
  );
  const counted = countSchema.parse(rows[0]);
  const hits = counted.found > 0 ? await listHits(client, prepared, search) : [];
  return { rows: counted.rows, columns, hits };
}

/** Reads the rows that hold something of what is sought, and tells whose they are and who is found in them. */
async function listHits(client: pg.ClientBase, prepared: SearchedTable, search: Search): Promise<Hit[]> {
  const { table } = prepared;
  const hits = new Map<string, Hit>();
  for await (const row of readFound(client, prepared, search))
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
