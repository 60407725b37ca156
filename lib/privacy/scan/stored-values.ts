import { readRows, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { readByUuid } from "#lib/read-by-uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A column by whose values something can be known again when only their hashes are left. */
export type ValueColumn =
  | { table: "users"; column: "user_id" | "email" }
  | { table: "sessions"; column: "session_id" }
  | { table: "messages" | "episodes" | "edges"; column: "uuid" };

/** So many are read at once. */
const PAGE = 10_000;

/** Every value of a column in a project, with the uuid of its row, in the order of the uuids. */
export function readStoredValues(
  project: { projectUuid: string },
  { table, column }: ValueColumn,
): AsyncGenerator<{ uuid: string; value: string }> {
  const [from, value] = [Prisma.raw(table), Prisma.raw(column)];
  return readByUuid(
    PAGE,
    (after) => readRows({ uuid: TEXT, value: TEXT })`
      SELECT uuid, ${value}::text AS value FROM ${from}
      WHERE ${inProject(project)} AND ${value} IS NOT NULL AND uuid > ${after}::uuid ORDER BY uuid LIMIT ${PAGE}`,
  );
}
