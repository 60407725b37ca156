import type { ViewKind } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { can } from "#lib/auth/permissions.ts";
import type { Tx } from "#lib/db/client.ts";
import { BOOLEAN, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Whom somebody looks at: people by their uuids, or whoever a conversation, a message or a fact is of. */
type Viewed = { users: string[] } | { session: string } | { message: string } | { fact: string };

/** Looking again within so long is one look. */
const ONE_LOOK_MINUTES = 10;

/** Which looks this process has written, so that reading on asks the database nothing. */
const WRITTEN = new Map<string, number>();
const MOST_WRITTEN = 10_000;

/**
 * Writes that an operator looks at something of a person: who, what kind of thing and when, and nothing of what it was. Who does
 * not work on requests is refused where a person is restricted (GDPR, Art. 18). What applications read is in the request log.
 * @throws AppError `restricted`.
 */
export async function viewPeople(
  tx: Pick<Tx, "$queryRaw" | "$executeRaw">,
  actor: Actor,
  viewed: Viewed,
  kind: ViewKind,
): Promise<void> {
  if (actor.kind !== "operator") return;
  const people = selectPeople(actor, viewed);
  if (!can(actor, "requests:work")) await refuseRestricted(tx, people);
  const key = [actor.uuid, kind, ...Object.values(viewed).flat()].join(" ");
  const last = WRITTEN.get(key);
  if (last !== undefined && Date.now() - last < ONE_LOOK_MINUTES * 60_000) return;
  await tx.$executeRaw`
    INSERT INTO audit_events (project_uuid, actor_kind, actor_uuid, action, subject_ref, data)
    SELECT ${actor.projectUuid}::uuid, 'operator', ${actor.uuid}::uuid, 'user.viewed', u.subject_ref, ${JSON.stringify({ view: kind })}::jsonb
    FROM (${people}) u WHERE NOT EXISTS (SELECT FROM audit_events e
      WHERE ${sameProject("e", "u")} AND e.subject_ref = u.subject_ref AND e.actor_uuid = ${actor.uuid}::uuid AND e.action = 'user.viewed'
        AND e.data ->> 'view' = ${kind} AND e.at > now() - make_interval(mins => ${ONE_LOOK_MINUTES}))`;
  if (WRITTEN.size >= MOST_WRITTEN) WRITTEN.clear();
  WRITTEN.set(key, Date.now());
}

function selectPeople(actor: Actor, viewed: Viewed): Prisma.Sql {
  return Prisma.sql`SELECT u.project_uuid, u.uuid, u.subject_ref FROM users u
    WHERE ${inProject(actor, "u")} AND u.uuid ${selectOwners(actor, viewed)}`;
}

function selectOwners(actor: Actor, viewed: Viewed): Prisma.Sql {
  const own = inProject(actor);
  if ("users" in viewed) return Prisma.sql`= ANY(${viewed.users}::uuid[])`;
  if ("session" in viewed)
    return Prisma.sql`= (SELECT user_uuid FROM sessions WHERE ${own} AND uuid = ${viewed.session}::uuid)`;
  if ("message" in viewed)
    return Prisma.sql`= (SELECT user_uuid FROM messages WHERE ${own} AND uuid = ${viewed.message}::uuid)`;
  return Prisma.sql`= (SELECT graph_uuid FROM edges WHERE ${own} AND uuid = ${viewed.fact}::uuid)`;
}

async function refuseRestricted(tx: Pick<Tx, "$queryRaw">, people: Prisma.Sql): Promise<void> {
  const [found] = await readRowsIn(tx, { restricted: BOOLEAN })`
    SELECT EXISTS (SELECT FROM (${people}) u JOIN restrictions r ON ${sameProject("r", "u")} AND r.user_uuid = u.uuid) AS restricted`;
  if (found?.restricted)
    throw new AppError("restricted", "This person is restricted while their privacy request is settled.");
}

/** A look at a person, as it is told to them. */
export interface View {
  who: string;
  role: string;
  view: string;
  at: Date;
}

/** Who has looked at a person, the latest first; everything that is known of it. */
export function listViewsOf(
  tx: Pick<Tx, "$queryRaw">,
  project: { projectUuid: string },
  userUuid: string,
  limit: number,
): Promise<View[]> {
  return readRowsIn(tx, { who: TEXT, role: TEXT, view: TEXT, at: TIME })`
    SELECT coalesce(o.name, 'somebody who has left') AS who, coalesce(m.role::text, 'none any more') AS role,
      coalesce(e.data ->> 'view', '') AS view, e.at
    FROM audit_events e JOIN users u ON ${sameProject("u", "e")} AND u.subject_ref = e.subject_ref
    LEFT JOIN operators o ON o.uuid = e.actor_uuid
    LEFT JOIN memberships m ON ${sameProject("m", "e")} AND m.operator_uuid = e.actor_uuid
    WHERE ${inProject(project, "e")} AND u.uuid = ${userUuid}::uuid AND e.action = 'user.viewed'
    ORDER BY e.seq DESC LIMIT ${limit}`;
}
