import { db } from "#lib/db/client.ts";
import {
  ANCHOR_STEP,
  findAnchorAtOrAfter,
  findAnchorAtOrBefore,
  type KeysetAnchor,
  NEAR_ROWS,
} from "#lib/db/keyset-anchors.ts";
import { BIGINT, JSON_VALUE, NUMBER, type RowOf, readRows, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import type { Direction } from "#lib/pagination.ts";
import { USER_SORT_KEY } from "#lib/users/filter.ts";
import type { UserList } from "#lib/users/schema.ts";
import type { UserSort } from "#lib/users/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

interface Seek {
  /** Restricts the read to one side of a known key. */
  condition: Prisma.Sql | null;
  direction: Direction;
  skip: number;
  take: number;
  /** The rows come in the opposite of the order asked for. */
  reversed: boolean;
}

const TALLY_SHAPE = { users: NUMBER, version: BIGINT };

type Tally = RowOf<typeof TALLY_SHAPE>;

/** How many users the project has, exactly, from the counters that the database keeps. */
export async function getUserTally(projectUuid: string): Promise<Tally> {
  const [tally] = await readRows(TALLY_SHAPE)`
    SELECT coalesce(sum(users), 0)::int AS users, coalesce(sum(version), 0)::bigint AS version
    FROM project_tallies WHERE ${inProject({ projectUuid })}`;
  return tally ?? { users: 0, version: 0n };
}

/** The plain way to a page: step over everything before it. Good enough close to the start and for filtered lists. */
export function skipToPage(list: UserList): Seek {
  const skip = (list.page - 1) * list.size;
  return { condition: null, direction: list.direction, skip, take: list.size, reversed: false };
}

/** Finds any page of the unfiltered list in constant time, from the nearest anchor or from the nearer end. */
export async function seekPage(projectUuid: string, list: UserList): Promise<Seek> {
  const plain = skipToPage(list);
  if (plain.skip <= NEAR_ROWS) return plain;
  const { users, version } = await getUserTally(projectUuid);
  const fromEnd = users - plain.skip - list.size;
  if (fromEnd <= NEAR_ROWS) return seekFromEnd(plain, fromEnd);

  const name = `${projectUuid}:${list.sort}`;
  const key = USER_SORT_KEY[list.sort];
  const takeAnchors = () => selectAnchors(projectUuid, list.sort);
  if (list.direction === "asc") {
    const found = findAnchorAtOrBefore(name, plain.skip, version, takeAnchors);
    if (found) return { ...plain, condition: matchAfter(key, found.mark), skip: plain.skip - found.row };
  } else {
    const row = users - plain.skip;
    const found = findAnchorAtOrAfter(name, row, version, takeAnchors);
    if (found) return { ...plain, condition: matchUpTo(key, found.mark), skip: found.row - row };
  }
  return fromEnd < plain.skip ? seekFromEnd(plain, fromEnd) : plain;
}

function seekFromEnd(plain: Seek, skip: number): Seek {
  const direction = plain.direction === "asc" ? "desc" : "asc";
  return {
    ...plain,
    direction,
    skip: Math.max(0, skip),
    take: Math.max(0, plain.take + Math.min(0, skip)),
    reversed: true,
  };
}

function matchAfter(key: Prisma.Sql, mark: KeysetAnchor): Prisma.Sql {
  return Prisma.sql`(${key}, uuid) > (${mark.key}, ${mark.uuid}::uuid)`;
}

function matchUpTo(key: Prisma.Sql, mark: KeysetAnchor): Prisma.Sql {
  return Prisma.sql`(${key}, uuid) <= (${mark.key}, ${mark.uuid}::uuid)`;
}

const KEYSET_ANCHOR_SHAPE: Shape<KeysetAnchor> = { key: JSON_VALUE, uuid: TEXT };

function selectAnchors(projectUuid: string, sort: UserSort): Promise<KeysetAnchor[]> {
  const key = USER_SORT_KEY[sort];
  return readRowsIn(db(), KEYSET_ANCHOR_SHAPE)`
    SELECT key, uuid FROM (
      SELECT ${key} AS key, uuid, row_number() OVER (ORDER BY ${key}, uuid) AS row
      FROM users WHERE ${inProject({ projectUuid })}
    ) AS numbered
    WHERE row % ${ANCHOR_STEP} = 0 ORDER BY row`;
}
