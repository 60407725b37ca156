import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { type DiffTarget, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

const MIGRATIONS = resolve(import.meta.dirname, "../../prisma/migrations");
const SCHEMA = resolve(import.meta.dirname, "../../prisma/schema");
const NO_FILTER = { externalTables: [], externalEnums: [] };
/** Any number will do; every process that migrates takes the same one. */
const MIGRATION_LOCK = 7_203_114;

/**
 * Applies what is missing of `prisma/migrations`, recorded in `_prisma_migrations` as Prisma's own command does.
 * Processes that start together take turns. @returns the names of the migrations applied now.
 */
export async function applyMigrations(url: string): Promise<string[]> {
  const turn = new pg.Client({ connectionString: url });
  await turn.connect();
  try {
    await turn.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await deleteInterruptedMigrations(turn);
    const migrationsList = await readMigrationList();
    const result = await runWithEngine(url, (engine) => engine.applyMigrations({ migrationsList, filters: NO_FILTER }));
    return result.appliedMigrationNames;
  } finally {
    await turn.end();
  }
}

/** A migration and its record commit together (see below), so an unfinished record stands for nothing applied. */
async function deleteInterruptedMigrations(client: pg.Client): Promise<void> {
  const known = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
  if (known.rows[0].known) await client.query("DELETE FROM _prisma_migrations WHERE finished_at IS NULL");
}

/** The one-byte type of PostgreSQL's catalogs, and a type that the adapter reads as text. */
const INTERNAL_CHAR = 18;
const BPCHAR = 1042;

/**
 * The adapter with two corrections. The original splits a script at every semicolon; sending the whole script lets it
 * contain functions and makes it take effect entirely or not at all. The original also does not know the catalogs' "char"
 * type, which the engine expects as a character.
 */
class MigrationAdapter extends PrismaPg {
  readonly #connections: { dispose(): Promise<void> }[] = [];

  /** Ends what the engine opened; an idle connection would keep the database from being cloned or dropped. */
  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.dispose()));
  }

  override async connect() {
    const connection = await super.connect();
    this.#connections.push(connection);
    const driver = connection.underlyingDriver();
    const query = driver.query.bind(driver);
    const queryRaw = connection.queryRaw.bind(connection);
    const charColumns = new WeakMap<object, number[]>();

    connection.executeScript = async (script) => {
      const record = "UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL";
      await query(script.includes("_prisma_migrations") ? script : `${script};\n${record}`);
    };
    connection.queryRaw = async (request) => {
      const result = await queryRaw(request);
      for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    const queryWithCharTypes = async (request: pg.QueryConfig) => {
      const result = await query(request);
      const columns = result.fields.flatMap((field, column) => (field.dataTypeID === INTERNAL_CHAR ? [column] : []));
      for (const field of result.fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = BPCHAR;
      charColumns.set(result.rows, columns);
      return result;
    };
    Object.assign(driver, { query: queryWithCharTypes });
    return connection;
  }
}

/** The SQL that would bring the database to the Prisma schema; empty when the two agree. */
export async function findSchemaDrift(url: string): Promise<string> {
  const from: DiffTarget = { tag: "schemaDatasource", files: await readSchemaFiles(), configDir: SCHEMA };
  const to: DiffTarget = { tag: "schemaDatamodel", files: await readSchemaFiles() };
  const params = { from, to, script: true, exitCode: null, filters: NO_FILTER, shadowDatabaseUrl: null };
  const result = await runWithEngine(url, (engine) => engine.diff(params));
  const sql = result.stdout ?? "";
  return sql.includes("empty migration") ? "" : sql;
}

async function runWithEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const datamodels = (await readSchemaFiles()).map((file): [string, string] => [file.path, file.content]);
  const adapter = new MigrationAdapter({ connectionString: url });
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    return await work(await SchemaEngine.new({ datamodels }, () => undefined, bound));
  } finally {
    await adapter.close();
  }
}

async function readSchemaFiles() {
  const names = (await readdir(SCHEMA)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({ path: join(SCHEMA, name), content: await readFile(join(SCHEMA, name), "utf8") })),
  );
}

async function readMigrationList() {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = await Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(MIGRATIONS, path, "migration.sql"), "utf8") },
        },
      })),
  );
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  return { baseDir: MIGRATIONS, lockfile, shadowDbInitScript: "", migrationDirectories };
}
