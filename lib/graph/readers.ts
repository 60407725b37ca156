import type { Actor } from "#lib/auth/actor.ts";
import { queryRows } from "#lib/db/client.ts";
import { inProject } from "#lib/db/scope.ts";
import { combineWithAnd } from "#lib/db/sql.ts";
import { EPISODE_COLUMNS, FACT_COLUMNS, FROM_EPISODES, FROM_FACTS, NODE_COLUMNS } from "#lib/graph/rows.ts";
import type { EpisodeRow, FactRecord, NodeRow } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The project's nodes, facts and episodes that fulfil all conditions; the callers decide who may ask. */
export function listNodesWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`n.uuid DESC`,
  limit = 1_000,
) {
  const where = combineWithAnd([inProject(actor, "n"), ...conditions]);
  return queryRows<NodeRow>(
    Prisma.sql`SELECT ${NODE_COLUMNS} FROM nodes n WHERE ${where} ORDER BY ${order} LIMIT ${limit}`,
  );
}

export function listFactsWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`e.uuid DESC`,
  limit = 1_000,
) {
  const where = combineWithAnd([inProject(actor, "e"), ...conditions]);
  return queryRows<FactRecord>(
    Prisma.sql`SELECT ${FACT_COLUMNS} ${FROM_FACTS} WHERE ${where} ORDER BY ${order} LIMIT ${limit}`,
  );
}

export function listEpisodesWhere(actor: Actor, conditions: (Prisma.Sql | null)[], limit = 1_000) {
  const where = combineWithAnd([inProject(actor, "e"), ...conditions]);
  return queryRows<EpisodeRow>(
    Prisma.sql`SELECT ${EPISODE_COLUMNS} ${FROM_EPISODES} WHERE ${where} ORDER BY e.seq DESC LIMIT ${limit}`,
  );
}
