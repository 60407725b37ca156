import type { Actor } from "#lib/auth/actor.ts";
import { rows } from "#lib/db/client.ts";
import { inProject } from "#lib/db/scope.ts";
import { all } from "#lib/db/sql.ts";
import { EDGE, EPISODE, fromEdges, fromEpisodes, NODE } from "#lib/graph/rows.ts";
import type { EdgeRow, EpisodeRow, NodeRow } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The project's nodes, facts and episodes that fulfil all conditions; the callers decide who may ask. */
export function nodesWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`n.uuid DESC`,
  limit = 1_000,
) {
  const where = all([inProject(actor, "n"), ...conditions]);
  return rows<NodeRow>(Prisma.sql`SELECT ${NODE} FROM nodes n WHERE ${where} ORDER BY ${order} LIMIT ${limit}`);
}

export function edgesWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`e.uuid DESC`,
  limit = 1_000,
) {
  const where = all([inProject(actor, "e"), ...conditions]);
  return rows<EdgeRow>(Prisma.sql`SELECT ${EDGE} ${fromEdges} WHERE ${where} ORDER BY ${order} LIMIT ${limit}`);
}

export function episodesWhere(actor: Actor, conditions: (Prisma.Sql | null)[], limit = 1_000) {
  const where = all([inProject(actor, "e"), ...conditions]);
  return rows<EpisodeRow>(
    Prisma.sql`SELECT ${EPISODE} ${fromEpisodes} WHERE ${where} ORDER BY e.seq DESC LIMIT ${limit}`,
  );
}
