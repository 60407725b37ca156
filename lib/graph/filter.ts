import { combineWithAnd, combineWithOr } from "#lib/db/sql.ts";
import type { FACT_TIMES, GraphFilter, TimeFilter } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What a filter asks of `nodes n`. */
export function buildNodeConditions({ labels, withoutLabels }: GraphFilter): Prisma.Sql[] {
  return [
    ...(labels.length > 0 ? [Prisma.sql`n.labels && ${labels}`] : []),
    ...(withoutLabels.length > 0 ? [Prisma.sql`NOT n.labels && ${withoutLabels}`] : []),
  ];
}

/** What a filter asks of `edges e` between `nodes s` and `nodes t`. */
export function buildFactConditions(filter: GraphFilter): Prisma.Sql[] {
  const { labels, relations, withoutLabels, withoutRelations } = filter;
  return [
    ...(withoutRelations.length > 0 ? [Prisma.sql`e.name <> ALL(${withoutRelations})`] : []),
    ...(withoutLabels.length > 0
      ? [Prisma.sql`NOT (s.labels && ${withoutLabels} OR t.labels && ${withoutLabels})`]
      : []),
    ...(relations.length > 0 ? [Prisma.sql`e.name = ANY(${relations})`] : []),
    ...(labels.length > 0 ? [Prisma.sql`(s.labels && ${labels} OR t.labels && ${labels})`] : []),
    ...buildTimeConditions(filter),
  ];
}

const TIME_COLUMN: Record<(typeof FACT_TIMES)[number], Prisma.Sql> = {
  createdAt: Prisma.sql`e.created_at`,
  validAt: Prisma.sql`e.valid_at`,
  invalidAt: Prisma.sql`e.invalid_at`,
  expiredAt: Prisma.sql`e.expired_at`,
};

const COMPARED: Record<TimeFilter[number][number]["comparison"], Prisma.Sql> = {
  "=": Prisma.sql`=`,
  "<>": Prisma.sql`<>`,
  ">": Prisma.sql`>`,
  "<": Prisma.sql`<`,
  ">=": Prisma.sql`>=`,
  "<=": Prisma.sql`<=`,
};

function buildTimeConditions({ times }: GraphFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  for (const key of ["createdAt", "validAt", "invalidAt", "expiredAt"] as const) {
    const filter = times[key];
    if (!filter || filter.length === 0) continue;
    const compareTime = ({ comparison, date }: TimeFilter[number][number]) =>
      Prisma.sql`${TIME_COLUMN[key]} ${COMPARED[comparison]} ${date}`;
    conditions.push(combineWithOr(filter.map((together) => combineWithAnd(together.map(compareTime)))));
  }
  return conditions;
}
