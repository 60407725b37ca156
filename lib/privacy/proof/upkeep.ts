import type pg from "pg";
import { z } from "zod";
import { listNeedles, type Sought, selectForText, toLikePattern } from "#lib/privacy/scan/needles.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";

export interface Upkeep {
  vacuumedAt: Date;
  /** For each that is sought: the tables whose planner statistics still show a value of it. */
  statistics: string[][];
  /** What could not be done, in words; empty when all was. */
  problems: string[];
}

/** The tables that people's rows are in. */
const TOUCHED = STORED_TABLES.filter(({ owner }) => owner !== undefined).map(({ name }) => name);

/**
 * Takes what was erased out of the tables' files and out of the planner's statistics, which show common values of a column
 * to whoever may read it until they are made anew; then looks whether they still show any.
 * PostgreSQL only warns when a role may not do this, and shows it no statistics: both are told here.
 */
export async function runUpkeep(client: pg.Client, sought: readonly Sought[]): Promise<Upkeep> {
  const problems: string[] = [];
  const onNotice = ({ message }: { message?: string }) => {
    if (message) problems.push(message.replace(/"[^"]*"/g, "a table"));
  };
  client.on("notice", onNotice);
  try {
    await client.query("SET client_min_messages = warning");
    for (const table of TOUCHED) await client.query(`VACUUM (ANALYZE) ${table}`);
  } finally {
    client.off("notice", onNotice);
  }
  const { rows: visible } = await client.query(
    "SELECT count(*)::int AS known FROM pg_stats WHERE schemaname = 'public' AND tablename IN ('projects', 'users', 'messages')",
  );
  const { rows: analysed } = await client.query(
    "SELECT count(*)::int AS rows FROM pg_class WHERE oid = ANY(ARRAY['users','messages']::regclass[]) AND reltuples > 0",
  );
  if (visible[0]?.known === 0 && analysed[0]?.rows > 0)
    problems.push("the planner's statistics cannot be seen by this role");
  const statistics: string[][] = [];
  for (const one of sought) statistics.push(await listStatistics(client, one));
  return { vacuumedAt: new Date(), statistics, problems };
}

async function listStatistics(client: pg.Client, sought: Sought): Promise<string[]> {
  const patterns = selectForText(listNeedles([sought])).map(({ value }) => toLikePattern(value));
  // An index over an expression has statistics of its own, of its table's values.
  const { rows } = await client.query(
    `SELECT DISTINCT replace(coalesce(i.indrelid, c.oid)::regclass::text, 'public.', '') AS table
     FROM pg_stats s JOIN pg_namespace n ON n.nspname = s.schemaname
     JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE s.schemaname IN ('public', 'lethe_queue') AND lower(concat_ws(' ', s.most_common_vals::text,
       s.histogram_bounds::text, s.most_common_elems::text)) LIKE ANY($1::text[])`,
    [patterns],
  );
  return z
    .array(z.object({ table: z.string() }))
    .parse(rows)
    .map(({ table }) => table);
}
