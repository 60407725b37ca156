import type { Actor } from "#lib/auth/actor.ts";
import { readRows } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { combineWithAnd } from "#lib/db/sql.ts";
import {
  EPISODE_COLUMNS,
  EPISODE_SHAPE,
  FACT_COLUMNS,
  FACT_RECORD_SHAPE,
  FROM_EPISODES,
  FROM_FACTS,
  NODE_COLUMNS,
  NODE_SHAPE,
} from "#lib/graph/rows.ts";
import { maskSecrets } from "#lib/secrets.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The project's nodes, facts and episodes that fulfil all conditions; the callers decide who may ask. */
export function listNodesWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`n.uuid DESC`,
  limit = 1_000,
) {
  const where = combineWithAnd([inProject(actor, "n"), ...conditions]);
  return readRows(NODE_SHAPE)`
    SELECT ${NODE_COLUMNS} FROM nodes n WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

export function listFactsWhere(
  actor: Actor,
  conditions: (Prisma.Sql | null)[],
  order = Prisma.sql`e.uuid DESC`,
  limit = 1_000,
) {
  const where = combineWithAnd([inProject(actor, "e"), ...conditions]);
  return readRows(FACT_RECORD_SHAPE)`
    SELECT ${FACT_COLUMNS} ${FROM_FACTS} WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

export async function listEpisodesWhere(actor: Actor, conditions: (Prisma.Sql | null)[], limit = 1_000) {
  const where = combineWithAnd([inProject(actor, "e"), ...conditions]);
  const found = await readRows(EPISODE_SHAPE)`
    SELECT ${EPISODE_COLUMNS} ${FROM_EPISODES} WHERE ${where} ORDER BY e.seq DESC LIMIT ${limit}`;
  return found.map(maskEpisode);
}

/** An episode as memory shows it: its secrets are masked. The message itself keeps what the application sent. */
export function maskEpisode<Row extends { content: string }>(episode: Row): Row {
  return { ...episode, content: maskSecrets(episode.content) };
}
