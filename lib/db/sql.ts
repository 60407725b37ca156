import { Prisma } from "#prisma/client/client.ts";

/** All conditions must hold; none means everything. */
export function combineWithAnd(conditions: (Prisma.Sql | null)[]): Prisma.Sql {
  const present = conditions.filter((condition) => condition !== null);
  return present.length === 0 ? Prisma.sql`TRUE` : Prisma.join(present, " AND ", "(", ")");
}

/** One condition must hold; none means nothing. */
export function combineWithOr(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`FALSE` : Prisma.join(conditions, " OR ", "(", ")");
}

export function restrictToPeriod(column: Prisma.Sql, from: Date | null, to: Date | null): Prisma.Sql | null {
  if (!from && !to) return null;
  return combineWithAnd([from && Prisma.sql`${column} >= ${from}`, to && Prisma.sql`${column} < ${to}`]);
}

export function matchMetadata(column: Prisma.Sql, readings: object[]): Prisma.Sql {
  return combineWithOr(readings.map((reading) => Prisma.sql`${column} @> ${JSON.stringify(reading)}::jsonb`));
}
