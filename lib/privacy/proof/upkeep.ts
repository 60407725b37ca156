import type pg from "pg";
import { z } from "zod";
import { listNeedles, type Sought, selectForText, toWordPattern } from "#lib/privacy/scan/needles.ts";
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
    for (const table of TOUCHED) await clearStatisticsOfEmptied(client, table, problems);
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

const statisticSchema = z.object({
  schema: z.string(),
  relation: z.string(),
  column: z.string(),
  inherited: z.boolean(),
});

/**
 * Of a table without rows ANALYZE leaves the statistics as they were, and with them what its last rows said. PostgreSQL 18
 * lets the owner of a table clear them; before that only a superuser can.
 */
async function clearStatisticsOfEmptied(client: pg.Client, table: string, problems: string[]): Promise<void> {
  const { rows } = await client.query(
    `SELECT s.schemaname AS schema, s.tablename AS relation, s.attname AS column, s.inherited
     FROM pg_stats s JOIN pg_namespace n ON n.nspname = s.schemaname
     JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE coalesce(i.indrelid, c.oid) = $1::regclass AND NOT EXISTS (SELECT FROM ${table})`,
    [table],
  );
  for (const { schema, relation, column, inherited } of z.array(statisticSchema).parse(rows)) {
    const modern = await client.query("SELECT current_setting('server_version_num')::int >= 180000 AS known");
    const place = [schema, relation, column, inherited];
    const clear = modern.rows[0]?.known
      ? client.query("SELECT pg_clear_attribute_stats($1, $2, $3, $4)", place)
      : client.query(
          `DELETE FROM pg_statistic USING pg_class c, pg_namespace n, pg_attribute a
           WHERE starelid = c.oid AND c.relnamespace = n.oid AND a.attrelid = c.oid AND staattnum = a.attnum
             AND n.nspname = $1 AND c.relname = $2 AND a.attname = $3 AND stainherit = $4`,
          place,
        );
    await clear.catch(() =>
      problems.push(`the statistics of ${table}, which is empty, cannot be cleared by this role`),
    );
  }
}

async function listStatistics(client: pg.Client, sought: Sought): Promise<string[]> {
  const { rows: folded } = await client.query("SELECT lower(value) AS value FROM unnest($1::text[]) AS value", [
    selectForText(listNeedles([sought])).map(({ value }) => value),
  ]);
  const values = z.array(z.object({ value: z.string() })).parse(folded);
  const patterns = values.map(({ value }) => toWordPattern(value));
  // An enum holds the product's words alone. An index over an expression puts two columns together, as first and last name:
  // what it shows is of rows that were read already, or was cleared with its table's.
  const { rows } = await client.query(
    `SELECT DISTINCT replace(c.oid::regclass::text, 'public.', '') AS table
     FROM pg_stats s JOIN pg_namespace n ON n.nspname = s.schemaname
     JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename AND c.relkind <> 'i'
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname JOIN pg_type t ON t.oid = a.atttypid AND t.typtype <> 'e'
     WHERE s.schemaname IN ('public', 'lethe_queue') AND lower(concat_ws(' ', s.most_common_vals::text,
       s.histogram_bounds::text, s.most_common_elems::text)) ~ ANY($1::text[])`,
    [patterns],
  );
  return z
    .array(z.object({ table: z.string() }))
    .parse(rows)
    .map(({ table }) => table);
}
