import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { AppError } from "#lib/errors.ts";

/** Opens another of the operator's own projects, on every device. @throws AppError `not_found`. */
export async function chooseProject(actor: Actor, { project }: { project: string }): Promise<void> {
  authorize(actor, "users:read");
  const { count } = await db().operator.updateMany({
    where: {
      uuid: requireOperator(actor),
      memberships: { some: { projectUuid: project, disabledAt: null } },
    },
    data: { chosenProject: project },
  });
  if (count === 0) throw new AppError("not_found", "There is no such project.");
}

/** Adds an empty project, makes the operator its admin and opens it. @throws AppError `invalid` when the name is taken. */
export async function createProject(actor: Actor, { name }: { name: string }): Promise<{ uuid: string }> {
  authorize(actor, "projects:create");
  const operatorUuid = requireOperator(actor);
  const slug = makeSlug(name);
  const creation = runInTransaction(async (tx) => {
    const project = await tx.project.create({ data: { slug, name }, select: { uuid: true } });
    await tx.membership.create({ data: { projectUuid: project.uuid, operatorUuid, role: "admin" } });
    await tx.operator.update({ where: { uuid: operatorUuid }, data: { chosenProject: project.uuid } });
    await record(tx, actor, { action: "project.created", objectUuid: project.uuid });
    return project;
  });
  return refuseTakenKey(creation, { name: "There already is a project like this." });
}

/** What a project is called on the command line. */
function makeSlug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return plain || `project-${Date.now().toString(36)}`;
}
