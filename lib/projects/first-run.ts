import { record } from "#lib/audit/record.ts";
import { type Actor, hashToken } from "#lib/auth/actor.ts";
import { normaliseEmail } from "#lib/auth/email.ts";
import { generatePassword, hashPassword } from "#lib/auth/password.ts";
import { authorize, SCOPES } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { env } from "#lib/env.ts";
import type { Prisma } from "#prisma/client/client.ts";

export const DEFAULT_PROJECT = "default";
export const SAMPLE_PROJECT = "sample";

/** Whoever starts the product for the first time owns it. */
const DEFAULT_OWNER = "owner@lethe.local";

export interface Owner {
  email: string;
  /** The generated password, only in the run that made it. */
  password: string | null;
}

/**
 * Makes sure that there is a project to work in and an owner to sign in; does nothing where there are. Several processes
 * may do this at once.
 * @returns the owner made just now, or null when there are operators already.
 */
export async function ensureOwner(): Promise<Owner | null> {
  const { LETHE_OWNER_EMAIL, LETHE_OWNER_PASSWORD } = env();
  const password = LETHE_OWNER_PASSWORD ?? generatePassword();
  const passwordHash = await hashPassword(password);
  return runInTransaction(async (tx) => {
    await lockFirstRun(tx);
    const projects = await upsertProjects(tx);
    if ((await tx.operator.count()) > 0) return null;
    const email = normaliseEmail(LETHE_OWNER_EMAIL ?? DEFAULT_OWNER);
    const memberships = projects.map((project) => ({ projectUuid: project.uuid, role: "admin" as const }));
    const passwordTemporary = !LETHE_OWNER_PASSWORD;
    await tx.operator.create({
      data: { email, name: "Owner", passwordHash, passwordTemporary, memberships: { create: memberships } },
    });
    return { email, password: LETHE_OWNER_PASSWORD ? null : password };
  });
}

/** Makes sure of the two first projects where nothing has been started yet, as when an import comes first. */
export async function ensureProjects(): Promise<void> {
  await runInTransaction(async (tx) => {
    await lockFirstRun(tx);
    await upsertProjects(tx);
  });
}

async function lockFirstRun(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(7203115)::text`;
}

async function upsertProjects(tx: Tx): Promise<{ uuid: string }[]> {
  const first = [
    { slug: DEFAULT_PROJECT, name: "Default" },
    { slug: SAMPLE_PROJECT, name: "Sample", sample: true },
  ];
  const projects: { uuid: string }[] = [];
  for (const project of first) {
    projects.push(await tx.project.upsert({ where: { slug: project.slug }, create: project, update: {} }));
  }
  return projects;
}

/** Whether nothing has ever been put into the sample project. What someone deleted there does not come back. */
export async function isSampleUntouched(actor: Actor): Promise<boolean> {
  authorize(actor, "users:read");
  const where = { ...ofProject(actor), action: "records.imported" } satisfies Prisma.AuditEventWhereInput;
  return (await db().auditEvent.count({ where })) === 0;
}

/** Stores the key that `LETHE_API_KEY` names for the default project, once. A key that was revoked stays revoked. */
export async function ensureEnvironmentKey(actor: Actor): Promise<void> {
  authorize(actor, "api-keys:manage");
  const key = env().LETHE_API_KEY;
  if (!key) return;
  const { projectUuid } = actor;
  const hash = hashToken(key);
  await runInTransaction(async (tx) => {
    await lockFirstRun(tx);
    if (await tx.apiKey.findUnique({ where: { hash }, select: { uuid: true } })) return;
    const stored = { projectUuid, name: "From the environment", prefix: key.slice(0, 6), hash };
    const { uuid } = await tx.apiKey.create({ data: { ...stored, scopes: [...SCOPES] }, select: { uuid: true } });
    await record(tx, actor, { action: "api_key.created", objectUuid: uuid, data: { scopes: [...SCOPES] } });
  });
}
