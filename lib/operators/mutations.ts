import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { normaliseEmail } from "#lib/auth/email.ts";
import { generatePassword, hashPassword, verifyPassword } from "#lib/auth/password.ts";
import { authorize, type OperatorRole } from "#lib/auth/permissions.ts";
import { forgetFailures, takeAttempt } from "#lib/auth/throttle.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { ChangePassword, InvitedOperator, InviteOperator } from "#lib/operators/schema.ts";

/**
 * Lets someone work in this project. Somebody new gets a generated password, returned here and never again; somebody who
 * works in another project keeps theirs, and `password` is null.
 * @throws AppError `invalid` on `email` when they already are a member.
 */
export async function inviteOperator(actor: Actor, input: InviteOperator): Promise<InvitedOperator> {
  authorize(actor, "operators:manage");
  const { projectUuid } = actor;
  const email = normaliseEmail(input.email);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  const invitation = runInTransaction(async (tx) => {
    const known = await tx.operator.findUnique({ where: { email }, select: { uuid: true, name: true } });
    const created = { email, name: input.name, passwordHash, passwordTemporary: true };
    const operator = known ?? (await tx.operator.create({ data: created, select: { uuid: true, name: true } }));
    await tx.membership.create({ data: { projectUuid, operatorUuid: operator.uuid, role: input.role } });
    await record(tx, actor, { action: "operator.invited", objectUuid: operator.uuid, data: { role: input.role } });
    return { email, name: operator.name, password: known ? null : password };
  });
  return refuseTakenKey(invitation, { email: "This person already works in this project." });
}

/** Changes what someone may do, from their very next request. @throws AppError `not_found`, `conflict` for the last admin. */
export async function changeOperatorRole(
  actor: Actor,
  { operator, role }: { operator: string; role: OperatorRole },
): Promise<void> {
  authorize(actor, "operators:manage");
  await runInTransaction(async (tx) => {
    await updateMembership(tx, actor, operator, { role });
    await record(tx, actor, { action: "operator.role_changed", objectUuid: operator, data: { role } });
  });
}

/** Shuts someone out of this project from their very next request, or lets them back in. @throws as `changeOperatorRole`. */
export async function setOperatorDisabled(
  actor: Actor,
  { operator, disabled }: { operator: string; disabled: boolean },
): Promise<void> {
  authorize(actor, "operators:manage");
  await runInTransaction(async (tx) => {
    await updateMembership(tx, actor, operator, { disabledAt: disabled ? new Date() : null });
    await record(tx, actor, { action: disabled ? "operator.disabled" : "operator.enabled", objectUuid: operator });
  });
}

/**
 * Gives someone a new generated password, good for choosing one of their own, and ends all their sign-ins.
 * @throws AppError `not_found`; `forbidden` when they also work in a project that is not the actor's.
 */
export async function resetPassword(actor: Actor, { operator }: { operator: string }): Promise<{ password: string }> {
  authorize(actor, "operators:manage");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  return runInTransaction(async (tx) => {
    await getMembership(tx, actor, operator);
    const beyond = await tx.membership.count({
      where: {
        operatorUuid: operator,
        project: { memberships: { none: { operatorUuid: requireOperator(actor), role: "admin", disabledAt: null } } },
      },
    });
    if (beyond > 0) throw new AppError("forbidden", "This person also works in projects that you do not administer.");
    await tx.operator.update({ where: { uuid: operator }, data: { passwordHash, passwordTemporary: true } });
    await tx.signIn.deleteMany({ where: { operatorUuid: operator } });
    await record(tx, actor, { action: "operator.password_reset", objectUuid: operator });
    return { password };
  });
}

/**
 * Gives the acting operator a password of their own choice and ends their other sign-ins.
 * @throws AppError `invalid` on `present` when that is not the password they have, or on `password` when it is the same again;
 * `too_many` after several wrong ones; `conflict` for someone who has no password, as they sign in with a provider.
 */
export async function changePassword(actor: Actor, { present, password }: ChangePassword): Promise<void> {
  authorize(actor, "account:manage");
  const uuid = requireOperator(actor);
  const operator = await db().operator.findUniqueOrThrow({ where: { uuid } });
  if (operator.passwordHash === null) throw new AppError("conflict", "You sign in without a password here.");
  const attempt = await takeAttempt(operator.email, uuid);
  if (!(await verifyPassword(present, operator.passwordHash)))
    throw new AppError("invalid", "Nothing was changed.", { present: "This is not your present password." });
  await forgetFailures(attempt);
  if (present === password)
    throw new AppError("invalid", "Nothing was changed.", { password: "Must be another one than before." });
  const passwordHash = await hashPassword(password);
  await runInTransaction(async (tx) => {
    await tx.operator.update({ where: { uuid }, data: { passwordHash, passwordTemporary: false } });
    await tx.signIn.deleteMany({ where: { operatorUuid: uuid, uuid: { not: actor.signInUuid ?? undefined } } });
    await record(tx, actor, { action: "operator.password_changed", objectUuid: uuid });
  });
}

/** Ends every sign-in of the acting operator, this one included. */
export async function signOutEverywhere(actor: Actor): Promise<void> {
  authorize(actor, "account:manage");
  const uuid = requireOperator(actor);
  await runInTransaction(async (tx) => {
    await tx.signIn.deleteMany({ where: { operatorUuid: uuid } });
    await record(tx, actor, { action: "operator.signed_out_everywhere", objectUuid: uuid });
  });
}

async function getMembership(tx: Tx, actor: Actor, operatorUuid: string) {
  const key = { ...ofProject(actor), operatorUuid };
  const membership = await tx.membership.findUnique({
    where: { projectUuid_operatorUuid: key },
    select: { role: true },
  });
  if (!membership) throw new AppError("not_found", "There is no such operator in this project.");
  return membership;
}

/** Changes one membership and makes sure that somebody is left who can administer the project. */
async function updateMembership(
  tx: Tx,
  actor: Actor,
  operatorUuid: string,
  data: { role: OperatorRole } | { disabledAt: Date | null },
): Promise<void> {
  const { projectUuid } = actor;
  await tx.$queryRaw`SELECT FROM projects WHERE uuid = ${projectUuid}::uuid FOR NO KEY UPDATE`;
  await getMembership(tx, actor, operatorUuid);
  await tx.membership.update({ where: { projectUuid_operatorUuid: { ...ofProject(actor), operatorUuid } }, data });
  const admins = await tx.membership.count({ where: { ...ofProject(actor), role: "admin", disabledAt: null } });
  if (admins === 0) throw new AppError("conflict", "Somebody must remain who can administer this project.");
}
