import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { listOf, nullable, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameGraph, sameProject } from "#lib/db/scope.ts";
import { IS_KNOWN, selectSources } from "#lib/graph/rows.ts";
import { maskSecrets } from "#lib/secrets.ts";

/** What a fact was drawn from, and all that was drawn from the same. */
export interface FactSource {
  uuid: string;
  source: string;
  words: string;
  at: Date;
  sessionUuid: string | null;
  messageUuid: string | null;
  facts: string[];
}

const SOURCE_SHAPE: Shape<FactSource> = {
  uuid: TEXT,
  source: TEXT,
  words: TEXT,
  at: TIME,
  sessionUuid: nullable(TEXT),
  messageUuid: nullable(TEXT),
  facts: listOf(TEXT),
};

/** The episodes that a fact rests on, oldest first, each with the known facts that rest on it as well, secrets masked. */
export async function listFactSources(actor: Actor, { fact }: { fact: string }): Promise<FactSource[]> {
  authorize(actor, "transcripts:read");
  await viewPeople(db(), actor, { fact }, "transcript");
  const found = await readRows(SOURCE_SHAPE)`
    SELECT p.uuid, p.source::text, left(coalesce(p.content, m.content), 2000) AS words, p.created_at AS at,
      p.session_uuid AS "sessionUuid", p.message_uuid AS "messageUuid", ARRAY(
        SELECT DISTINCT e.fact FROM claims c JOIN edges e ON ${sameGraph("e", "c")} AND e.uuid = c.edge_uuid
        WHERE ${sameGraph("c", "p")} AND c.episode_uuid = p.uuid AND ${IS_KNOWN} ORDER BY e.fact) AS facts
    FROM episodes p LEFT JOIN messages m ON ${sameProject("m", "p")} AND m.uuid = p.message_uuid
    WHERE ${inProject(actor, "p")} AND (p.graph_uuid, p.uuid) IN (${selectSources(actor, fact)})
    ORDER BY p.created_at, p.seq LIMIT 100`;
  return found.map((source) => ({
    ...source,
    words: maskSecrets(source.words),
    facts: source.facts.map(maskSecrets),
  }));
}
