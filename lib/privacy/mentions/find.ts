import type pg from "pg";
import { db } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { oneOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { MENTION_PLACES, type MentionPlace } from "#lib/privacy/mentions/terms.ts";
import { readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import type { Sought } from "#lib/privacy/scan/needles.ts";
import { listNamed, makeSearch, prepareTable, readFound } from "#lib/privacy/scan/rows.ts";

/** Somebody else's row in which a person stands. */
export interface Mention {
  place: MentionPlace;
  uuid: string;
  /** Whose row it is: a person's uuid, or a group's graph. */
  owner: string;
}

/** The tables that hold what others said or gave. `claims` leads to what was stated by hand. */
const TABLES = ["messages", "episodes", "claims", "users", "sessions", "nodes"];

/** Every row of others in which somebody stands in words, by where it came from: what was drawn from those is left out. */
export async function findMentions(project: { projectUuid: string }, sought: Sought): Promise<Mention[]> {
  const rows = await runMaintenance((client) => listRows(client, project.projectUuid, sought));
  const listUuids = (table: string) => rows.flatMap((row) => (row.table === table ? [row.uuid] : []));
  return readRowsIn(db(), { place: oneOf(MENTION_PLACES), uuid: TEXT, owner: TEXT })`
    SELECT 'message' AS place, uuid, user_uuid AS owner FROM messages WHERE ${inProject(project)} AND uuid = ANY(${listUuids("messages")}::uuid[])
    UNION ALL
    SELECT CASE WHEN source IN ('fact_triple', 'correction') THEN 'stated' ELSE 'data' END, uuid, graph_uuid FROM episodes
    WHERE ${inProject(project)} AND message_uuid IS NULL AND (uuid = ANY(${listUuids("episodes")}::uuid[])
      OR uuid IN (SELECT episode_uuid FROM claims WHERE ${inProject(project)} AND extractor = 'stated' AND uuid = ANY(${listUuids("claims")}::uuid[])))
    UNION ALL
    SELECT 'user', uuid, uuid FROM users WHERE ${inProject(project)} AND uuid = ANY(${listUuids("users")}::uuid[])
    UNION ALL
    SELECT 'session', uuid, user_uuid FROM sessions WHERE ${inProject(project)} AND uuid = ANY(${listUuids("sessions")}::uuid[])
    UNION ALL
    SELECT 'node', uuid, graph_uuid FROM nodes WHERE ${inProject(project)} AND uuid = ANY(${listUuids("nodes")}::uuid[])
      AND (summary_stated OR attributes <> '{}')
    ORDER BY owner, place, uuid`;
}

/** The rows themselves, found as a proof finds them. */
async function listRows(client: pg.ClientBase, projectUuid: string, sought: Sought) {
  const search = await makeSearch(client, [sought], true);
  const found: { table: string; uuid: string }[] = [];
  await client.query("BEGIN READ ONLY");
  try {
    for (const table of await readCatalogue(client)) {
      if (!TABLES.includes(table.root)) continue;
      for await (const row of readFound(client, prepareTable(table, search), search))
        if (row.uuid && row.project === projectUuid && listNamed(row, search).some(({ referred }) => !referred))
          found.push({ table: table.root, uuid: row.uuid });
    }
  } finally {
    await client.query("COMMIT");
  }
  return found;
}
