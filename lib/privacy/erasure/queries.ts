import { createHash } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, type Tx } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { NUMBER, readRowsIn } from "#lib/db/rows.ts";
import { graphOf, inProject } from "#lib/db/scope.ts";
import { countOwnedRows, type Person, type RowCounts } from "#lib/db/stored-tables.ts";
import { classifyHit } from "#lib/privacy/scan/classify.ts";
import { nameSought } from "#lib/privacy/scan/needles.ts";
import { countRows, scanFor } from "#lib/privacy/scan/scan.ts";
import { PERSONAL_TABLES, STORED_TABLES } from "#lib/privacy/stores.ts";
import { type ErasureSubject, listSubjects } from "#lib/privacy/subject.ts";

/** What was copied from a person's graph into others. */
export interface CopyCounts {
  graphs: number;
  episodes: number;
}

/** What an erasure of one person would do, counted now. */
export interface ErasurePlan {
  uuid: string;
  /** How many rows of each table are the person's own. */
  rows: RowCounts;
  /** The same with the words that people know the tables by; tables without any are left out. */
  titled: { title: string; rows: number }[];
  copies: CopyCounts;
  /** Rows that are somebody else's, or nobody's, and mention the person. They stay. */
  mentions: { rows: number; people: number };
  /** Changes with whom and what the erasure covers, and not with how much of it there is. */
  hash: string;
}

/** What an erasure of each of these people would do; those who are gone are left out. */
export async function planErasures(actor: Actor, { uuids }: { uuids: string[] }): Promise<ErasurePlan[]> {
  authorize(actor, "users:erase");
  const subjects = await listSubjects(db(), actor, uuids);
  if (subjects.length === 0) return [];
  const { hits } = await runMaintenance((client) => scanFor(client, subjects.map(nameSought), { othersOnly: true }));
  const plans: ErasurePlan[] = [];
  for (const [index, subject] of subjects.entries()) {
    const person = graphOf(actor, subject.uuid);
    const rows = await countOwnedRows(db(), STORED_TABLES, person);
    const copies = await countCopies(db(), person);
    const others = hits.filter((hit) => hit.subject === index && classifyHit(hit, person) === "mention");
    plans.push({
      uuid: subject.uuid,
      rows,
      titled: PERSONAL_TABLES.flatMap(({ name, title }) => (rows[name] ? [{ title, rows: rows[name] }] : [])),
      copies,
      mentions: {
        rows: countRows(others),
        people: new Set(others.flatMap(({ owner }) => owner ?? [])).size,
      },
      hash: hashScope(subject, copies),
    });
  }
  return plans;
}

/** How much of a person's graph is in other graphs. */
export async function countCopies(tx: Pick<Tx, "$queryRaw">, person: Person): Promise<CopyCounts> {
  const [counted] = await readRowsIn(tx, { graphs: NUMBER, episodes: NUMBER })`
    SELECT count(DISTINCT graph_uuid)::int AS graphs, count(*)::int AS episodes FROM episodes
    WHERE ${inProject(person)} AND origin_graph = ${person.uuid}::uuid AND graph_uuid <> ${person.uuid}::uuid`;
  return counted ?? { graphs: 0, episodes: 0 };
}

/** Whom an erasure is about, under which names, and whether there are copies: what must not change unnoticed. */
export function hashScope(subject: ErasureSubject, copies: CopyCounts): string {
  const { subjectRef, userId, email, firstName, lastName } = subject;
  const scope = [subjectRef, userId, email, firstName, lastName, copies.graphs];
  return createHash("sha256").update(JSON.stringify(scope)).digest("hex");
}
