import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { Claim } from "#lib/graph/write/fact-draft.ts";
import type { Metadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

const listKeysOf = (node: Prisma.Sql) => Prisma.sql`lethe_node_keys(c.project_uuid, c.graph_uuid, ${node})`;

/** Whether a retraction `r` is of the words of a claim `c`, about whoever bears the same names. */
const SAYS_RETRACTED = Prisma.sql`(${sameGraph("r", "c")} AND r.says = lethe_says(c.name, c.fact)
  AND r.source_keys && ${listKeysOf(Prisma.sql`c.source_uuid`)} AND r.target_keys && ${listKeysOf(Prisma.sql`c.target_uuid`)})`;

/** Whether a retraction `r` is of a claim `c`: of all that its episode says, or of these words in it. */
const IS_RETRACTED = Prisma.sql`(${sameGraph("r", "c")} AND r.of_episode = c.episode_uuid AND (r.says IS NULL OR ${SAYS_RETRACTED}))`;

/**
 * Whether a claim `c` comes from a record that was sent again and says only what a retraction `r` has taken from it before. A
 * record is a state and not a statement: until a record has said something else in between, nothing new is known.
 */
const IS_REPEATED = Prisma.sql`(${SAYS_RETRACTED} AND EXISTS (
  SELECT FROM episodes first JOIN episodes again ON ${sameGraph("again", "first")} AND again.uuid = c.episode_uuid
  WHERE ${sameGraph("first", "r")} AND first.uuid = r.of_episode AND first.source = 'json' AND again.source = 'json'
    AND first.seq < again.seq AND NOT EXISTS (
      SELECT FROM claims other JOIN episodes between_them ON ${sameGraph("between_them", "other")}
        AND between_them.uuid = other.episode_uuid
      WHERE ${sameGraph("other", "c")} AND other.slot = c.slot AND other.identity <> c.identity AND between_them.source = 'json'
        AND between_them.seq > first.seq AND between_them.seq < again.seq)))`;

/** Whether a claim `c` counts: nobody has retracted what it says. */
export const CLAIM_COUNTS = Prisma.sql`(NOT EXISTS (SELECT FROM retractions r WHERE ${IS_RETRACTED})
  AND NOT EXISTS (SELECT FROM retractions r WHERE ${IS_REPEATED}))`;

/** A claim on its way in: its ends are nodes that are there already. */
export interface NewClaim
  extends Omit<Claim, "identity" | "edgeUuid" | "ordinal" | "saidAt" | "seq" | "attributes" | "expiredAt"> {
  episodeUuid: string;
  /** What the fact is to be called by, where it is a new one. */
  edgeUuid?: string;
  expiredAt?: Date | null;
  /** When it was said, where that is not its episode's time. */
  saidAt?: Date | null;
  attributes?: Metadata;
}

/** Adds claims in the order given; one that is there already is left as it is. @returns their slots, for `rebuildFacts`. */
export async function addClaims(tx: Tx, { projectUuid, uuid }: GraphKey, claims: NewClaim[]): Promise<string[]> {
  if (claims.length === 0) return [];
  const incoming = claims.map((claim, ordinal) => ({ ...claim, attributes: claim.attributes ?? {}, ordinal }));
  const stored = await readRowsIn(tx, { slot: TEXT })`
    INSERT INTO claims (project_uuid, graph_uuid, uuid, episode_uuid, ordinal, edge_uuid, kind, source_uuid, target_uuid,
      name, fact, single, valid_at, invalid_at, expired_at, said_at, confidence, extractor, attributes, slot, identity)
    SELECT ${projectUuid}::uuid, ${uuid}::uuid, uuid, "episodeUuid", ordinal % 32768, "edgeUuid", kind, "sourceUuid",
      "targetUuid", name, fact, single, "validAt", "invalidAt", "expiredAt", "saidAt", confidence, extractor, attributes,
      lethe_claim_slot("sourceUuid", name, "targetUuid", single, fact), lethe_identity("sourceUuid", name, "targetUuid", fact)
    FROM jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) AS c (uuid uuid, "episodeUuid" uuid, ordinal int, "edgeUuid" uuid,
      kind claim_kind, "sourceUuid" uuid, "targetUuid" uuid, name text, fact text, single boolean, "validAt" timestamptz,
      "invalidAt" timestamptz, "expiredAt" timestamptz, "saidAt" timestamptz, confidence real, extractor extractor, attributes jsonb)
    ON CONFLICT DO NOTHING
    RETURNING slot`;
  return [...new Set(stored.map(({ slot }) => slot))];
}

/** The slots that episodes have claims in, or that they retracted claims of. */
export async function listSlotsOfEpisodes(tx: Tx, graph: GraphKey, which: Prisma.Sql): Promise<string[]> {
  const own = inGraph(graph);
  const found = await readRowsIn(tx, { slot: TEXT })`
    SELECT DISTINCT slot FROM claims WHERE ${own} AND episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${which})
    UNION
    SELECT c.slot FROM retractions r JOIN claims c ON ${IS_RETRACTED} OR ${SAYS_RETRACTED}
    WHERE ${inGraph(graph, "r")} AND r.episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  return found.map(({ slot }) => slot);
}

/**
 * Retracts what these claims say, for as long as the retracting episode exists, however often their own episodes are read
 * again. The same statement in another episode still counts.
 */
export async function retractClaims(tx: Tx, graph: GraphKey, episodeUuid: string, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
    SELECT c.project_uuid, c.graph_uuid, lethe_seeded_uuid(c.uuid::text || ${episodeUuid}), ${episodeUuid}::uuid, c.episode_uuid,
      lethe_says(c.name, c.fact), ${listKeysOf(Prisma.sql`c.source_uuid`)}, ${listKeysOf(Prisma.sql`c.target_uuid`)}
    FROM claims c WHERE ${inGraph(graph, "c")} AND ${which}
    ON CONFLICT DO NOTHING`;
}

/** Retracts all that an episode says, and whatever it will be read to say, for as long as the retracting episode exists. */
export async function retractEpisode(tx: Tx, graph: GraphKey, episodeUuid: string, ofEpisode: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
    VALUES (${graph.projectUuid}::uuid, ${graph.uuid}::uuid, lethe_seeded_uuid(${ofEpisode} || ${episodeUuid}), ${episodeUuid}::uuid,
      ${ofEpisode}::uuid, NULL, '{}', '{}')
    ON CONFLICT DO NOTHING`;
}

/**
 * Before episodes go: what was retracted of a record among them is retracted of the record that has repeated it since, or it
 * would be believed again with nothing to say that it was wrong.
 */
export async function passRetractionsOn(tx: Tx, graph: GraphKey, which: Prisma.Sql): Promise<void> {
  const own = inGraph(graph);
  const gone = Prisma.sql`(SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  await tx.$executeRaw`
    INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
    SELECT DISTINCT ON (r.uuid) r.project_uuid, r.graph_uuid, lethe_seeded_uuid(r.uuid::text || c.episode_uuid), r.episode_uuid,
      c.episode_uuid, r.says, r.source_keys, r.target_keys
    FROM retractions r JOIN claims c ON ${IS_REPEATED} JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "r")} AND r.of_episode IN ${gone} AND r.episode_uuid NOT IN ${gone} AND c.episode_uuid NOT IN ${gone}
    ORDER BY r.uuid, p.seq
    ON CONFLICT DO NOTHING`;
}

/** Keeps an episode from being shown as memory, as long as the asking episode exists; what it claims besides still counts. */
export async function withholdEpisode(tx: Tx, graph: GraphKey, episodeUuid: string, ofEpisode: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
    VALUES (${graph.projectUuid}::uuid, ${graph.uuid}::uuid, lethe_seeded_uuid(${ofEpisode} || ' shown ' || ${episodeUuid}),
      ${episodeUuid}::uuid, ${ofEpisode}::uuid, lethe_says('', ''), '{}', '{}')
    ON CONFLICT DO NOTHING`;
}
