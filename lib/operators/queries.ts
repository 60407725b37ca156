import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize, type OperatorRole, ROLES } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, listOf, objectOf, oneOf, readRows, type Shape, TEXT } from "#lib/db/rows.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { Prisma } from "#prisma/client/client.ts";

const MEMBER = {
  role: true,
  disabledAt: true,
  createdAt: true,
  operator: { select: { uuid: true, name: true, email: true, lastSignInAt: true } },
} satisfies Prisma.MembershipSelect;

export type Member = Prisma.MembershipGetPayload<{ select: typeof MEMBER }>;

/** Everybody who works in this project, by name. */
export async function listMembers(actor: Actor): Promise<Member[]> {
  authorize(actor, "operators:manage");
  return db().membership.findMany({
    where: ofProject(actor),
    orderBy: { operator: { name: "asc" } },
    select: MEMBER,
  });
}

/** What the acting operator's own page shows of them. */
export async function getAccount(actor: Actor): Promise<{ name: string; email: string; hasPassword: boolean }> {
  authorize(actor, "account:manage");
  const select = { name: true, email: true, passwordHash: true };
  const where = { uuid: requireOperator(actor) };
  const { passwordHash, ...account } = await db().operator.findUniqueOrThrow({ where, select });
  return { ...account, hasPassword: passwordHash !== null };
}

export interface Self {
  name: string;
  email: string;
  /** In the project that is open. */
  role: OperatorRole;
  projects: { uuid: string; name: string; sample: boolean }[];
}

const SELF_SHAPE: Shape<Self> = {
  name: TEXT,
  email: TEXT,
  role: oneOf(ROLES),
  projects: listOf(objectOf({ uuid: TEXT, name: TEXT, sample: BOOLEAN })),
};

/** The signed-in operator, and the projects they may open, by name. Every page shows this, so it is one query. */
export async function getSelf(actor: Actor): Promise<Self> {
  authorize(actor, "users:read");
  const [self] = await readRows(SELF_SHAPE)`
    SELECT o.name, o.email, max(m.role::text) FILTER (WHERE p.uuid = ${actor.projectUuid}::uuid) AS role,
      json_agg(json_build_object('uuid', p.uuid, 'name', p.name, 'sample', p.sample) ORDER BY p.name) AS projects
    FROM operators o
    JOIN memberships m ON m.operator_uuid = o.uuid AND m.disabled_at IS NULL
    JOIN projects p ON p.uuid = m.project_uuid
    WHERE o.uuid = ${requireOperator(actor)}::uuid
    GROUP BY o.uuid`;
  if (!self) throw new AppError("not_found", "There is no such operator.");
  return self;
}
