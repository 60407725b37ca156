import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { JSON_TEXT } from "#lib/db/json.ts";
import { markNumbers, restoreNumbers } from "#lib/json.ts";

/** Prisma reads JSON with JavaScript's own numbers; under this, those it would change pass as marked texts (see `lib/json.ts`). */
export function keepDigits(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  const { provider, adapterName } = factory;
  return { provider, adapterName, connect: async () => wrapAdapter(await factory.connect()) };
}

/** A statement's parameters with every number as it was written, and JSON that came as one text as the JSON it is. */
export function restoreParameters(values: unknown[]): unknown[] {
  return values.map((value) => (typeof value === "string" ? restoreJson(value) : value));
}

/** Prisma has made a JSON string of the text; what follows its quotation mark tells it apart. */
function restoreJson(value: string): string {
  if (!value.startsWith(`"${JSON_TEXT}`)) return restoreNumbers(value);
  const text: unknown = JSON.parse(value);
  return typeof text === "string" ? text.slice(JSON_TEXT.length) : value;
}

function wrapAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const begin = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolation) => wrapQueries(await begin(isolation));
  return wrapQueries(adapter);
}

function wrapQueries<T extends SqlQueryable>(queryable: T): T {
  const query = queryable.queryRaw.bind(queryable);
  const execute = queryable.executeRaw.bind(queryable);
  queryable.queryRaw = async (asked) => markResult(await query(restoreQuery(asked)));
  queryable.executeRaw = (asked) => execute(restoreQuery(asked));
  return queryable;
}

function restoreQuery(query: SqlQuery): SqlQuery {
  return { ...query, args: restoreParameters(query.args) };
}

function markResult(result: SqlResultSet): SqlResultSet {
  const columns = result.columnTypes.flatMap((type, index) => (type === ColumnTypeEnum.Json ? [index] : []));
  for (const row of result.rows) {
    for (const column of columns) {
      const value = row[column];
      if (typeof value === "string") row[column] = markNumbers(value);
    }
  }
  return result;
}
