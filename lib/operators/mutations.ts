import { randomBytes } from "node:crypto";
import { record } from "#lib/audit/record.ts";
import { type Actor, operatorOf } from "#lib/auth/actor.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { authorize, type OperatorRole } from "#lib/auth/permissions.ts";
import { normaliseEmail } from "#lib/auth/sign-in.ts";
import { inTransaction, type Tx } from "#lib/db/client.ts";
import { unlessTaken } from "#lib/db/errors.ts";
import { AppError } from "#lib/errors.ts";
import type { InviteOperator } from "#lib/operators/schema.ts";

/**
 * Lets someone work in this project. Somebody new gets a generated password, returned here and never again; somebody who
 * works in another project keeps theirs, and `password` is null.
 * @throws AppError `invalid` on `email` when they already are a member.
 */
export async function inviteOperator(actor: Actor, input: InviteOperator): Promise<{ password: string | null }> {
  authorize(actor, "operators:manage");
  const { projectUuid } = actor;
  const email = normaliseEmail(input.email);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  const invitation = inTransaction(async (tx) => {
    const known = await tx.operator.findUnique({ where: { email }, select: { uuid: true } });
    const created = { email, name: input.name, passwordHash };
    const operator = known ?? (await tx.operator.create({ data: created, select: { uuid: true } }));
    await tx.membership.create({ data: { projectUuid, operatorUuid: operator.uuid, role: input.role } });
    await record(tx, actor, { action: "operator.invited", objectUuid: operator.uuid, data: { role: input.role } });
    return { password: known ? null : password };
  });
  return unlessTaken(invitation, { email: "This person already works in this project." });
}

/** Changes what someone may do, from their very next request. @throws AppError `not_found`, `conflict` for the last admin. */
export async function changeRole(
  actor: Actor,
  { operator, role }: { operator: string; role: OperatorRole },
): Promise<void> {
  authorize(actor, "operators:manage");
  await inTransaction(async (tx) => {
    await updateMembership(tx, actor, operator, { role });
    await record(tx, actor, { action: "operator.role_changed", objectUuid: operator, data: { role } });
  });
}

/** Shuts someone out of this project from their very next request, or lets them back in. @throws as `changeRole`. */
export async function setDisabled(
  actor: Actor,
  { operator, disabled }: { operator: string; disabled: boolean },
): Promise<void> {
  authorize(actor, "operators:manage");
  await inTransaction(async (tx) => {
    await updateMembership(tx, actor, operator, { disabledAt: disabled ? new Date() : null });
    await record(tx, actor, { action: disabled ? "operator.disabled" : "operator.enabled", objectUuid: operator });
  });
}

/**
 * Gives someone a new generated password and ends all their sign-ins.
 * @throws AppError `not_found`; `forbidden` when they also work in a project that is not the actor's.
 */
export async function resetPassword(actor: Actor, { operator }: { operator: string }): Promise<{ password: string }> {
  authorize(actor, "operators:manage");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    await getMembership(tx, actor, operator);
    const beyond = await tx.membership.count({
      where: {
        operatorUuid: operator,
        project: { memberships: { none: { operatorUuid: operatorOf(actor), role: "admin", disabledAt: null } } },
      },
    });
    if (beyond > 0) throw new AppError("forbidden", "This person also works in projects that you do not administer.");
    await tx.operator.update({ where: { uuid: operator }, data: { passwordHash, signInEpoch: { increment: 1 } } });
    await record(tx, actor, { action: "operator.password_reset", objectUuid: operator });
    return { password };
  });
}

/** Ends every sign-in of the acting operator, this one included. */
export async function signOutEverywhere(actor: Actor): Promise<void> {
  authorize(actor, "users:read");
  const uuid = operatorOf(actor);
  await inTransaction(async (tx) => {
    await tx.operator.update({ where: { uuid }, data: { signInEpoch: { increment: 1 } } });
    await record(tx, actor, { action: "operator.signed_out_everywhere", objectUuid: uuid });
  });
}

async function getMembership(tx: Tx, actor: Actor, operatorUuid: string) {
  const key = { projectUuid: actor.projectUuid, operatorUuid };
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
  await tx.membership.update({ where: { projectUuid_operatorUuid: { projectUuid, operatorUuid } }, data });
  const admins = await tx.membership.count({ where: { projectUuid, role: "admin", disabledAt: null } });
  if (admins === 0) throw new AppError("conflict", "Somebody must remain who can administer this project.");
}

/** 96 random bits in letters and digits that survive being read aloud. */
export function generatePassword(): string {
  return randomBytes(12).toString("base64url").replaceAll(/[-_]/g, "x");
}
