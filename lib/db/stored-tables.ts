import type { Tx } from "#lib/db/client.ts";
import { NUMBER, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * What a column can hold of a person. `id`: an identifier, sought as a whole. `words`: text or JSON in which anybody may be
 * mentioned. `derived`: made from the words of its row, and gone with them. `ours`: names and states that the product
 * gives, digests, numbers; nothing of what anybody said.
 */
type Holds = "id" | "words" | "derived" | "ours";

/** A person in their project; their graph bears the same uuid. */
export interface Person {
  projectUuid: string;
  uuid: string;
}

/** The column that says whose row it is: a person's uuid, or a graph's, which is the same; of the queue it is text. */
type OwnerColumn = "uuid" | "user_uuid" | "graph_uuid" | "singleton_key";

export interface StoredTable {
  /** With its schema, where that is not `public`. */
  name: string;
  /** How people call its rows. */
  title: string;
  /** Absent where no row is anybody's. */
  owner?: OwnerColumn;
  /** How a person is taken out of rows that are nobody's. */
  cleared?: (person: Person) => { set: Prisma.Sql; where: Prisma.Sql };
  /** Why what it holds stays when a person is erased; for tables that hold something personal and are nobody's. */
  exempt?: string;
  /** Every column that can hold text: text, JSON, bytes, lists of them, and search vectors. */
  columns: Partial<Record<Holds, readonly string[]>>;
}

/** What a domain keeps, table by table, those that refer to others first. */
export type Store = readonly StoredTable[];

/** How many rows of each table. */
export type RowCounts = Record<string, number>;

/** Counts what is a person's own, table by table. */
export async function countOwnedRows(
  tx: Pick<Tx, "$queryRaw">,
  tables: readonly StoredTable[],
  person: Person,
): Promise<RowCounts> {
  const counting = tables.flatMap(({ name, owner }) =>
    owner
      ? [Prisma.sql`SELECT ${name} AS name, count(*)::int AS rows FROM ${nameTable(name)} WHERE ${isOf(owner, person)}`]
      : [],
  );
  const counted = await readRowsIn(tx, { name: TEXT, rows: NUMBER })`${Prisma.join(counting, " UNION ALL ")}`;
  return Object.fromEntries(counted.map(({ name, rows }) => [name, rows]));
}

/**
 * Deletes what is a person's own, in the order of the tables, and takes them out of rows that are nobody's.
 * @param report is told before each table what is next, and how many rows went before it.
 * @returns how many rows went of each.
 */
export async function eraseOwnedRows(
  tx: Tx,
  tables: readonly StoredTable[],
  person: Person,
  report: (title: string, rows: number) => Promise<void> = () => Promise.resolve(),
): Promise<RowCounts> {
  const erased: RowCounts = {};
  let last = 0;
  for (const { name, title, owner, cleared } of tables) {
    if (owner) {
      await report(title, last);
      last = await tx.$executeRaw`DELETE FROM ${nameTable(name)} WHERE ${isOf(owner, person)}`;
      erased[name] = last;
    }
    const clearing = cleared?.(person);
    if (clearing) await tx.$executeRaw`UPDATE ${nameTable(name)} SET ${clearing.set} WHERE ${clearing.where}`;
  }
  return erased;
}

function isOf(owner: OwnerColumn, person: Person): Prisma.Sql {
  const { uuid } = person;
  if (owner === "singleton_key") return Prisma.sql`singleton_key = ${uuid}`;
  return Prisma.sql`${inProject(person)} AND ${Prisma.raw(owner)} = ${uuid}::uuid`;
}

/** A table's name comes from a store and never from outside. */
function nameTable(name: string): Prisma.Sql {
  if (!/^[a-z_.]+$/.test(name)) throw new Error("a table is named in plain letters");
  return Prisma.raw(name);
}
