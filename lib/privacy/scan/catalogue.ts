import { createHash } from "node:crypto";
import type pg from "pg";
import { z } from "zod";

/** How a column is compared: as uuids, as text, as JSON written out, each alone or in a list. */
type Comparison = "uuid" | "uuids" | "text" | "texts" | "json" | "other";

export interface CatalogueColumn {
  name: string;
  type: string;
  comparison: Comparison;
}

export interface CatalogueTable {
  /** With its schema, where that is not `public`. */
  name: string;
  /** The table that it is a partition of; itself otherwise. */
  root: string;
  columns: CatalogueColumn[];
}

const rowSchema = z.object({
  schema: z.string(),
  name: z.string(),
  root: z.string(),
  column: z.string(),
  type: z.string(),
});

/** Every type that can hold text; the fitness test makes sure that there are no others. */
const COMPARISON_OF: Record<string, Comparison> = {
  uuid: "uuid",
  "uuid[]": "uuids",
  text: "text",
  "text[]": "texts",
  json: "json",
  jsonb: "json",
  tsvector: "text",
};

/**
 * Every table of the database with the columns that can hold an identifier or text, as the catalogue names them now: what a
 * scan reads follows from the database and from no list.
 */
export async function readCatalogue(client: pg.ClientBase): Promise<CatalogueTable[]> {
  const { rows } = await client.query(`
    SELECT n.nspname AS schema, c.relname AS name, coalesce(pg_partition_root(c.oid), c.oid)::regclass::text AS root,
      a.attname AS column, format_type(a.atttypid, NULL) AS type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    ORDER BY 1, 2, a.attnum`);
  const tables = new Map<string, CatalogueTable>();
  for (const { schema, name, root, column, type } of z.array(rowSchema).parse(rows)) {
    const full = schema === "public" ? name : `${schema}.${name}`;
    const table = tables.get(full) ?? { name: full, root: root.replace(/^public\./, ""), columns: [] };
    tables.set(full, table);
    const comparison = COMPARISON_OF[type] ?? (/^character/.test(type) ? "text" : "other");
    table.columns.push({ name: column, type, comparison });
  }
  return [...tables.values()];
}

/** A digest of what was there to be scanned: another column gives another one. */
export function makeFingerprint(tables: readonly CatalogueTable[]): string {
  const lines = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}:${column.type}`));
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}
