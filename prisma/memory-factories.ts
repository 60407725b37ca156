import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { nullable, type RowOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import type { Extractor } from "#lib/extraction/schema.ts";
import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { processWaitingEpisodes } from "#lib/ingestion/process-episodes.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeMessage, makeSession, makeUser } from "#prisma/factories.ts";

export interface KnownPerson {
  actor: Actor;
  userId: string;
  uuid: string;
  projectUuid: string;
}

/** Somebody called Jane Smith, of whom nothing is known yet. */
export async function makeJane(
  actor: Actor,
  values: { firstName?: string; lastName?: string; email?: string } = {},
): Promise<KnownPerson> {
  const user = await makeUser(actor, { firstName: "Jane", lastName: "Smith", ...values });
  return { actor, userId: user.userId, uuid: user.uuid, projectUuid: user.projectUuid };
}

/** Has everything that waits in a graph worked off. */
export async function processAll(
  { projectUuid, uuid }: Pick<KnownPerson, "projectUuid" | "uuid">,
  extractor: Extractor = rules,
): Promise<void> {
  while ((await processWaitingEpisodes({ projectUuid, uuid }, extractor)).more);
}

/** Has somebody say things in a conversation of their own, a day apart from `start`, and has them understood. @returns the episodes' uuids. */
export async function rememberTurns(
  person: KnownPerson,
  contents: string[],
  start = "2026-01-05T10:00:00Z",
): Promise<{ session: string; episodes: string[] }> {
  const session = await makeSession(person.actor, { userUuid: person.uuid });
  const messages = contents.map((content, day) =>
    makeMessage(content, { uuid: randomUUID(), createdAt: new Date(Date.parse(start) + day * 86_400_000) }),
  );
  await db().$transaction((tx) => appendMessages(tx, session, messages));
  await processAll(person);
  return { session: session.uuid, episodes: messages.flatMap(({ uuid }) => uuid ?? []) };
}

/** Gives data about somebody, and has it understood. @returns the episode's uuid. */
export async function rememberData(
  person: KnownPerson,
  data: object | string,
  createdAt = "2026-01-05T10:00:00Z",
): Promise<string> {
  const uuid = randomUUID();
  const source = typeof data === "string" ? "text" : "json";
  const content = typeof data === "string" ? data : JSON.stringify(data);
  await addEpisodes(person.actor, { userId: person.userId }, [
    { uuid, source, content, sourceDescription: null, createdAt: new Date(createdAt) },
  ]);
  await processAll(person);
  return uuid;
}

const FACT_VALUES_SHAPE = {
  uuid: TEXT,
  source: TEXT,
  name: TEXT,
  target: TEXT,
  fact: TEXT,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
};

export type FactValues = RowOf<typeof FACT_VALUES_SHAPE>;

/** All facts of a graph, current and past, in the order of their words. */
export async function listFacts({
  projectUuid,
  uuid,
}: Pick<KnownPerson, "projectUuid" | "uuid">): Promise<FactValues[]> {
  return readRowsIn(db(), FACT_VALUES_SHAPE)`
    SELECT e.uuid, s.name AS source, e.name, t.name AS target, e.fact, e.valid_at AS "validAt", e.invalid_at AS "invalidAt"
    FROM edges e JOIN nodes s ON s.project_uuid = e.project_uuid AND s.uuid = e.source_uuid
      JOIN nodes t ON t.project_uuid = e.project_uuid AND t.uuid = e.target_uuid
    WHERE e.project_uuid = ${projectUuid}::uuid AND e.graph_uuid = ${uuid}::uuid ORDER BY e.fact, e.valid_at, e.invalid_at`;
}

/** What a graph says, without the uuids under which it says it. */
export async function describeGraph(person: Pick<KnownPerson, "projectUuid" | "uuid">) {
  const facts = (await listFacts(person)).map(({ uuid: _, ...fact }) => fact);
  const nodes = await db().node.findMany({
    where: { projectUuid: person.projectUuid, graphUuid: person.uuid },
    select: { name: true, labels: true, summary: true },
    orderBy: { name: "asc" },
  });
  return { facts, nodes: nodes.map((node) => ({ ...node, labels: node.labels.toSorted() })) };
}

/** Lists everything inconsistent in a graph. There must be nothing. */
export async function findInconsistencies({
  projectUuid,
  uuid,
}: Pick<KnownPerson, "projectUuid" | "uuid">): Promise<object[]> {
  return db().$queryRaw<object[]>`
    SELECT 'fact without provenance' AS torn, e.fact AS what FROM edges e WHERE e.project_uuid = ${projectUuid}::uuid AND e.graph_uuid = ${uuid}::uuid
      AND NOT EXISTS (SELECT FROM claims c JOIN episodes p ON p.project_uuid = c.project_uuid AND p.uuid = c.episode_uuid WHERE c.edge_uuid = e.uuid)
    UNION ALL
    SELECT 'interval that runs backwards', e.fact FROM edges e WHERE e.graph_uuid = ${uuid}::uuid AND e.invalid_at < e.valid_at
    UNION ALL
    SELECT 'ended and believed', e.fact FROM edges e WHERE e.graph_uuid = ${uuid}::uuid AND e.invalid_at <= now() AND e.expired_at IS NULL
    UNION ALL
    SELECT 'orphan node', n.name FROM nodes n WHERE n.graph_uuid = ${uuid}::uuid AND n.uuid <> n.graph_uuid
      AND NOT EXISTS (SELECT FROM node_episodes m WHERE m.node_uuid = n.uuid) AND NOT EXISTS (SELECT FROM edges e WHERE n.uuid IN (e.source_uuid, e.target_uuid))
    UNION ALL
    SELECT 'name without node', a.key FROM node_names a WHERE a.graph_uuid = ${uuid}::uuid AND NOT EXISTS (SELECT FROM nodes n WHERE n.uuid = a.node_uuid)
    UNION ALL
    SELECT 'sentence without a fact that holds', sentence->>'text' FROM (
      SELECT DISTINCT ON (graph_uuid) sentences FROM summaries WHERE graph_uuid = ${uuid}::uuid ORDER BY graph_uuid, version DESC) latest,
      jsonb_array_elements(latest.sentences) AS sentence, jsonb_array_elements_text(sentence->'facts') AS rests_on
    WHERE NOT EXISTS (SELECT FROM edges e WHERE e.uuid = rests_on::uuid AND (e.valid_at IS NULL OR e.valid_at <= now()) AND (e.invalid_at IS NULL OR e.invalid_at > now() OR sentence->'facts' ? e.superseded_by::text))
    UNION ALL
    SELECT 'summary that is not its sentences', n.summary FROM nodes n JOIN LATERAL (
      SELECT sentences FROM summaries s WHERE s.graph_uuid = n.graph_uuid ORDER BY version DESC LIMIT 1) latest ON TRUE
    WHERE n.graph_uuid = ${uuid}::uuid AND n.uuid = n.graph_uuid AND NOT n.summary_stated
      AND n.summary <> coalesce((SELECT string_agg(coalesce(s->>'heading' || ': ', '') || (s->>'text'), ' ' ORDER BY place) FROM jsonb_array_elements(latest.sentences) WITH ORDINALITY AS told (s, place)), '')`;
}
