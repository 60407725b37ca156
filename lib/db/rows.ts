import { runQuery, type Tx } from "#lib/db/client.ts";
import { isJsonObject, type Metadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What a column of a hand-written statement holds: for the types, and for the check of each row. */
interface Column<T> {
  readonly holds: string;
  readonly fits: (value: unknown) => value is T;
}

/** The columns of a row by the names that its statement gives them. */
export type Shape<Row> = { readonly [Name in keyof Row]-?: Column<Row[Name]> };

/** The rows that a shape lets through. */
export type RowOf<S> = { -readonly [Name in keyof S]: S[Name] extends Column<infer T> ? T : never };

/** Also a uuid, and an enum cast to text. */
export const TEXT: Column<string> = { holds: "text", fits: (value) => typeof value === "string" };
/** integer, smallint, real or double precision. */
export const NUMBER: Column<number> = { holds: "a number", fits: (value) => typeof value === "number" };
export const BIGINT: Column<bigint> = { holds: "a bigint", fits: (value) => typeof value === "bigint" };
export const BOOLEAN: Column<boolean> = { holds: "a boolean", fits: (value) => typeof value === "boolean" };
export const TIME: Column<Date> = { holds: "a time", fits: (value) => value instanceof Date };
export const BYTES: Column<Uint8Array> = { holds: "bytes", fits: (value) => value instanceof Uint8Array };
/** An object of JSON. */
export const METADATA: Column<Metadata> = { holds: "a JSON object", fits: isJsonObject };
/** Whatever JSON can say. */
export const JSON_VALUE: Column<Prisma.JsonValue> = {
  holds: "JSON",
  fits: (value): value is Prisma.JsonValue => value !== undefined,
};

export function nullable<T>(column: Column<T>): Column<T | null> {
  return {
    holds: `${column.holds} or null`,
    fits: (value): value is T | null => value === null || column.fits(value),
  };
}

/** A column that only some statements of the shape give. */
export function optional<T>(column: Column<T>): Column<T | undefined> {
  return {
    holds: `${column.holds}, if it is there`,
    fits: (value): value is T | undefined => value === undefined || column.fits(value),
  };
}

export function listOf<T>(column: Column<T>): Column<T[]> {
  return {
    holds: `a list of ${column.holds}`,
    fits: (value): value is T[] => Array.isArray(value) && value.every((item) => column.fits(item)),
  };
}

/** An enum of the database. */
export function oneOf<const T extends string>(words: readonly T[]): Column<T> {
  const known: ReadonlySet<unknown> = new Set(words);
  return { holds: `one of ${words.join(", ")}`, fits: (value): value is T => known.has(value) };
}

/** An object of JSON that has these fields. */
export function objectOf<Row>(shape: Shape<Row>): Column<Row> {
  const columns = listColumns(shape);
  return {
    holds: `an object of ${columns.map(([name]) => name).join(", ")}`,
    fits: (value): value is Row =>
      typeof value === "object" && value !== null && findMisfit(columns, value) === undefined,
  };
}

/** What reads rows of a shape with a hand-written statement: `readRows`, or `readRowsIn` of one's own transaction. */
export type RowReader = <Row>(
  shape: Shape<Row>,
) => (words: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>;

/**
 * Reads rows with a hand-written statement, past Prisma: what is asked for many times a second costs half as much this way.
 * Written as readRows(SHAPE)`SELECT …`. @throws Error when a row is not of the shape; it names the column and no value.
 */
export function readRows<Row>(shape: Shape<Row>) {
  return async (words: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> =>
    checkRows(shape, await runQuery(Prisma.sql(words, ...values)));
}

/** The same in a transaction, or by Prisma's own way to the database. */
export function readRowsIn<Row>(tx: Pick<Tx, "$queryRaw">, shape: Shape<Row>) {
  return async (words: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> =>
    checkRows(shape, await tx.$queryRaw<unknown[]>(Prisma.sql(words, ...values)));
}

function checkRows<Row>(shape: Shape<Row>, rows: unknown[]): Row[] {
  const columns = listColumns(shape);
  const isRow = (row: unknown): row is Row => {
    const misfit = typeof row === "object" && row !== null ? findMisfit(columns, row) : "row";
    if (misfit !== undefined) throw new Error(`A statement and its shape differ: ${misfit}`);
    return true;
  };
  return rows.filter(isRow);
}

type Columns = [name: string, column: Column<unknown>][];

function listColumns(shape: Readonly<Record<string, Column<unknown>>>): Columns {
  return Object.entries(shape);
}

/** The first column that holds something else, in words without the value. */
function findMisfit(columns: Columns, row: object): string | undefined {
  for (const [name, { holds, fits }] of columns)
    if (!fits(Reflect.get(row, name))) return `${name} does not hold ${holds}.`;
  return undefined;
}
