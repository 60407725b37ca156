import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, sameProject } from "#lib/db/scope.ts";
import {
  MENTION_DECISIONS,
  MENTION_PLACES,
  type MentionDecision,
  type MentionPlace,
} from "#lib/privacy/mentions/terms.ts";
import { maskSecrets } from "#lib/secrets.ts";

/** A mention to be decided on, with the words it stands in. */
export interface RequestMentionRow {
  place: MentionPlace;
  uuid: string;
  decision: MentionDecision | null;
  ground: string | null;
  words: string;
  at: Date | null;
  /** Whose words they are. */
  owner: string;
  ownerUuid: string;
  session: string | null;
}

const MENTION_SHAPE: Shape<RequestMentionRow> = {
  place: oneOf(MENTION_PLACES),
  uuid: TEXT,
  decision: nullable(oneOf(MENTION_DECISIONS)),
  ground: nullable(TEXT),
  words: TEXT,
  at: nullable(TIME),
  owner: TEXT,
  ownerUuid: TEXT,
  session: nullable(TEXT),
};

const MOST_SHOWN = 200;

/** The mentions of a request, those that are undecided first, grouped by whose words they are; secrets masked. */
export async function listRequestMentions(
  actor: Actor,
  { request }: { request: string },
): Promise<RequestMentionRow[]> {
  authorize(actor, "requests:work");
  authorize(actor, "transcripts:read");
  const about = await db().privacyRequest.findUnique({
    where: byUuid(actor, request),
    select: { aboutOperator: true },
  });
  // Nobody reads what others said of them by way of their own request.
  if (about?.aboutOperator && about.aboutOperator === actor.uuid) return [];
  const rows = await readRowsIn(db(), MENTION_SHAPE)`
    SELECT n.place::text, n.uuid, n.decision::text, n.ground, coalesce(m.created_at, e.created_at) AS at, n.graph_uuid AS "ownerUuid",
      m.session_uuid AS session,
      left(coalesce(m.content, e.content, u.metadata::text, s.metadata::text, d.name || ': ' || d.summary, ''), 600) AS words,
      coalesce(nullif(concat_ws(' ', w.first_name, w.last_name), ''), w.user_id, g.name, g.group_id, 'a group') AS owner
    FROM request_mentions n
    LEFT JOIN messages m ON ${sameProject("m", "n")} AND n.place = 'message' AND m.uuid = n.uuid
    LEFT JOIN episodes e ON ${sameProject("e", "n")} AND n.place IN ('data', 'stated') AND e.uuid = n.uuid
    LEFT JOIN users u ON ${sameProject("u", "n")} AND n.place = 'user' AND u.uuid = n.uuid
    LEFT JOIN sessions s ON ${sameProject("s", "n")} AND n.place = 'session' AND s.uuid = n.uuid
    LEFT JOIN nodes d ON ${sameProject("d", "n")} AND n.place = 'node' AND d.uuid = n.uuid
    LEFT JOIN users w ON ${sameProject("w", "n")} AND w.uuid = n.graph_uuid
    LEFT JOIN graphs g ON ${sameProject("g", "n")} AND g.uuid = n.graph_uuid
    WHERE ${inProject(actor, "n")} AND n.request_uuid = ${request}::uuid
    ORDER BY n.decision NULLS FIRST, n.graph_uuid, n.place, at LIMIT ${MOST_SHOWN}`;
  return rows.map((row) => ({ ...row, words: maskSecrets(row.words) }));
}
