import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { nullable, readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { graphOf, inGraph, inProject, sameGraph } from "#lib/db/scope.ts";
import { LEAST_WEIGHT, weighQuote } from "#lib/graph/summary/quotes.ts";
import { SAID } from "#lib/relations.ts";
import { maskSecrets } from "#lib/secrets.ts";

/** A conversation by what was said in it that lasts. */
export interface LateConversation {
  sessionUuid: string;
  sessionId: string;
  at: Date;
  quotes: { uuid: string; words: string; messageUuid: string | null }[];
}

const LATE_QUOTE_SHAPE = {
  sessionUuid: TEXT,
  sessionId: TEXT,
  at: TIME,
  uuid: TEXT,
  words: TEXT,
  messageUuid: nullable(TEXT),
};

/** Of so many of the last conversations, and of so many of the last quotations of each, those that tell most are chosen. */
const CONVERSATIONS = 12;
const QUOTES = 20;

/**
 * The last conversations in which a person told something that lasts, each with what of it tells most of them, in the order in
 * which it was said.
 */
export async function listLateConversations(
  actor: Actor,
  userUuid: string,
  { conversations, quotes }: { conversations: number; quotes: number },
): Promise<LateConversation[]> {
  authorize(actor, "graph:read");
  const found = await readRows(LATE_QUOTE_SHAPE)`
    WITH quoted AS (
      SELECT e.uuid, substring(e.fact FROM '“(.*)”$') AS words, p.session_uuid, p.message_uuid, p.created_at, p.seq
      FROM edges e JOIN claims c ON ${sameGraph("c", "e")} AND c.edge_uuid = e.uuid
        JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
      WHERE ${inGraph(graphOf(actor, userUuid), "e")} AND e.name = ${SAID} AND e.source_uuid = e.graph_uuid AND p.session_uuid IS NOT NULL
    ), late AS (
      SELECT session_uuid, max(created_at) AS at FROM quoted GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${CONVERSATIONS}
    ), placed AS (
      SELECT q.*, late.at, row_number() OVER (PARTITION BY q.session_uuid ORDER BY q.created_at DESC, q.seq DESC) AS place
      FROM quoted q JOIN late USING (session_uuid)
    )
    SELECT placed.session_uuid AS "sessionUuid", s.session_id AS "sessionId", placed.at, placed.uuid, placed.words,
      placed.message_uuid AS "messageUuid"
    FROM placed JOIN sessions s ON ${inProject(actor, "s")} AND s.uuid = placed.session_uuid
    WHERE place <= ${QUOTES} ORDER BY placed.at DESC, placed.session_uuid, placed.created_at, placed.seq`;
  return [...Map.groupBy(found, ({ sessionUuid }) => sessionUuid).values()]
    .flatMap((together) => {
      const chosen = chooseTelling(together, quotes);
      const [first] = chosen;
      if (!first) return [];
      const { sessionUuid, sessionId, at } = first;
      const told = chosen.map(({ uuid, words, messageUuid }) => ({ uuid, words: maskSecrets(words), messageUuid }));
      return [{ sessionUuid, sessionId, at, quotes: told }];
    })
    .slice(0, conversations);
}

function chooseTelling<Row extends { words: string }>(rows: readonly Row[], most: number): Row[] {
  const telling = rows
    .filter(({ words }) => weighQuote(words) >= LEAST_WEIGHT)
    .toSorted((a, b) => weighQuote(b.words) - weighQuote(a.words))
    .slice(0, most);
  return rows.filter((row) => telling.includes(row));
}
