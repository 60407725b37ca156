import type pg from "pg";
import { db } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { BOOLEAN, oneOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { MENTION_PLACES, type Mention, type MentionPlace } from "#lib/privacy/mentions/terms.ts";
import { readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import { nameSought, type Sought } from "#lib/privacy/scan/needles.ts";
import { listNamed, makeSearch, prepareTable, readFound } from "#lib/privacy/scan/rows.ts";
import { listSubjects } from "#lib/privacy/subject.ts";

/** The tables that hold what others said or gave. `claims` leads to what was stated by hand. */
const TABLES = ["messages", "episodes", "claims", "users", "sessions", "nodes"];

/**
 * Every row of others in which a person stands in words, by where it came from: what was drawn from those is left out. A node
 * counts where nothing else says how it came to its name, or where somebody wrote of it.
 * @returns null where the person is gone.
 */
export async function findMentions(project: { projectUuid: string }, person: string): Promise<Mention[] | null> {
  const [subject] = await listSubjects(db(), project, [person]);
  if (!subject) return null;
  const sought = nameSought(subject);
  const rows = await runMaintenance((client) => listRows(client, project.projectUuid, sought));
  const found = await findRoots(project, rows);
  const spoken = new Set(found.flatMap(({ place, owner }) => (isSpoken(place) ? [owner] : [])));
  const namesakes = await listNamesakes(project, sought, found);
  const byNameAlone = new Set(rows.flatMap(({ uuid, byName }) => (byName ? [uuid] : [])));
  return (
    found
      .filter(({ place, owner, isWritten }) => place !== "node" || isWritten || !spoken.has(owner))
      // Somebody of the same name speaks of themselves.
      .filter(({ uuid, owner }) => !(byNameAlone.has(uuid) && namesakes.has(owner)))
      .map(({ place, uuid, owner }) => ({ place, uuid, owner }))
  );
}

function isSpoken(place: MentionPlace): boolean {
  return place === "message" || place === "data" || place === "stated";
}

interface FoundRow {
  table: string;
  uuid: string;
  /** It holds the name and nothing else of theirs. */
  byName: boolean;
}

function findRoots(project: { projectUuid: string }, rows: readonly FoundRow[]) {
  const listUuids = (table: string) => rows.flatMap((row) => (row.table === table ? [row.uuid] : []));
  return readRowsIn(db(), { place: oneOf(MENTION_PLACES), uuid: TEXT, owner: TEXT, isWritten: BOOLEAN })`
    SELECT 'message' AS place, uuid, user_uuid AS owner, FALSE AS "isWritten" FROM messages
    WHERE ${inProject(project)} AND uuid = ANY(${listUuids("messages")}::uuid[])
    UNION ALL
    SELECT CASE WHEN source IN ('fact_triple', 'correction') THEN 'stated' ELSE 'data' END, uuid, graph_uuid, FALSE FROM episodes
    WHERE ${inProject(project)} AND message_uuid IS NULL AND (uuid = ANY(${listUuids("episodes")}::uuid[])
      OR uuid IN (SELECT episode_uuid FROM claims WHERE ${inProject(project)} AND extractor = 'stated' AND uuid = ANY(${listUuids("claims")}::uuid[])))
    UNION ALL
    SELECT 'user', uuid, uuid, FALSE FROM users WHERE ${inProject(project)} AND uuid = ANY(${listUuids("users")}::uuid[])
    UNION ALL
    SELECT 'session', uuid, user_uuid, FALSE FROM sessions WHERE ${inProject(project)} AND uuid = ANY(${listUuids("sessions")}::uuid[])
    UNION ALL
    SELECT 'node', uuid, graph_uuid, summary_stated OR attributes <> '{}' FROM nodes
    WHERE ${inProject(project)} AND uuid = ANY(${listUuids("nodes")}::uuid[])
    ORDER BY owner, place, uuid`;
}

/** Those of the owners who bear the very name that is sought. */
async function listNamesakes(
  project: { projectUuid: string },
  { names }: Sought,
  found: readonly { owner: string }[],
): Promise<ReadonlySet<string>> {
  const sought = names.flatMap(({ kind, value }) => (kind === "name" ? [value.toLowerCase()] : []));
  const owners = [...new Set(found.map(({ owner }) => owner))];
  const rows = await readRowsIn(db(), { uuid: TEXT })`
    SELECT uuid FROM users WHERE ${inProject(project)} AND uuid = ANY(${owners}::uuid[])
      AND lower(concat_ws(' ', first_name, last_name)) = ANY(${sought})`;
  return new Set(rows.map(({ uuid }) => uuid));
}

/** The rows themselves, found as a proof finds them. */
async function listRows(client: pg.ClientBase, projectUuid: string, sought: Sought) {
  const search = await makeSearch(client, [sought], true);
  const found: FoundRow[] = [];
  await client.query("BEGIN READ ONLY");
  try {
    for (const table of await readCatalogue(client)) {
      if (!TABLES.includes(table.root)) continue;
      for await (const row of readFound(client, prepareTable(table, search), search))
        if (row.uuid && row.project === projectUuid) {
          const kinds = listNamed(row, search).flatMap(({ needle, referred }) => (referred ? [] : [needle.kind]));
          const byName = kinds.every((kind) => kind === "name");
          if (kinds.length > 0) found.push({ table: table.root, uuid: row.uuid, byName });
        }
    }
  } finally {
    await client.query("COMMIT");
  }
  return found;
}
