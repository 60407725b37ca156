import { MOST_BY_LETTERS } from "#lib/graph/search/nearest.ts";
import type { Similar } from "#lib/graph/search/similar.ts";
import { Prisma } from "#prisma/client/client.ts";

/** How what words find and what meaning finds become one list, in parts of a query. */
export interface Fusion {
  /** `found (uuid, score, cosine)`: what either of the two finds; `score` or `cosine` is null for what only the other does. */
  found: Prisma.Sql;
  /** How well it answers, 0 to 1: by its words or by its meaning, whichever says more. */
  score: Prisma.Sql;
  /** Whether it is only the nearest there is, and answers by no word and no meaning: such stand last in any order. */
  isOnlyNearest: Prisma.Sql;
  /** What comes first, to be followed by `score DESC`. */
  order: Prisma.Sql;
}

/**
 * Fuses by reciprocal rank (Cormack, Clarke and Büttcher, 2009) with the original's constant: the first of either list
 * counts 1, the second 1/2. Ranks are taken after whatever the query's own conditions leave.
 * @param scores what words find, by uuids. @param share the `score` of it brought to 0…1.
 * @param similar what meaning finds; null leaves words alone, and the order to their scores.
 */
export function fuseRankings(
  scores: ReadonlyMap<string, number>,
  share: Prisma.Sql,
  similar: Similar[] | null,
): Fusion {
  const scored = Prisma.sql`unnest(${[...scores.keys()]}::uuid[], ${[...scores.values()]}::float8[]) AS scored (uuid, score)`;
  if (!similar) {
    const found = Prisma.sql`found AS MATERIALIZED (SELECT uuid, score FROM ${scored})`;
    return { found, score: share, isOnlyNearest, order: Prisma.empty };
  }
  const [uuids, cosines] = [similar.map(({ uuid }) => uuid), similar.map(({ cosine }) => cosine)];
  return {
    found: Prisma.sql`meant AS MATERIALIZED (
        SELECT uuid, cosine FROM unnest(${uuids}::uuid[], ${cosines}::float8[]) AS meant (uuid, cosine)
      ), found AS (
        SELECT uuid, CASE WHEN cosine IS NULL OR scored.score > ${MOST_BY_LETTERS} THEN scored.score END AS score, meant.cosine FROM ${scored} FULL JOIN meant USING (uuid)
      )`,
    isOnlyNearest,
    score: Prisma.sql`greatest(${share}, found.cosine)`,
    order: Prisma.sql`${rankReciprocally(Prisma.sql`found.score`)} + ${rankReciprocally(Prisma.sql`found.cosine`)} DESC,`,
  };
}

const isOnlyNearest = Prisma.sql`coalesce(found.score, 1) <= ${MOST_BY_LETTERS}::float8`;

function rankReciprocally(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${column} IS NULL THEN 0 ELSE 1.0 / rank() OVER (ORDER BY ${column} DESC NULLS LAST) END`;
}
