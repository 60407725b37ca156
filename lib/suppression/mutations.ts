import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { nullable, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { approveLiftSchema, liftSchema, policySchema } from "#lib/suppression/schema.ts";

/** Asks that somebody may be added again, with the reason; somebody else decides. @throws AppError `not_found`, `conflict`. */
export async function askToLift(actor: Actor, { receipt, reason }: z.infer<typeof liftSchema>): Promise<void> {
  authorize(actor, "suppression:manage");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    await requireKeptOut(tx, actor, receipt);
    const where = { ...ofProject(actor), receiptUuid: receipt, liftedAt: null };
    await tx.suppression.updateMany({ where, data: { liftAskedBy: operator, liftReason: reason } });
    await record(tx, actor, { action: "suppression.lift_asked" });
  });
}

/** Lets somebody in again, as somebody else has asked. @throws AppError `not_found`; `conflict` where nobody, or oneself, has. */
export async function approveLift(actor: Actor, { receipt }: z.infer<typeof approveLiftSchema>): Promise<void> {
  authorize(actor, "suppression:manage");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    const { askedBy } = await requireKeptOut(tx, actor, receipt);
    if (!askedBy) throw new AppError("conflict", "Nobody has asked to let them in again.");
    if (askedBy === operator)
      throw new AppError("conflict", "It takes a second person: you have asked for it yourself.");
    const where = { ...ofProject(actor), receiptUuid: receipt, liftedAt: null };
    await tx.suppression.updateMany({ where, data: { liftedBy: operator, liftedAt: new Date() } });
    await record(tx, actor, { action: "suppression.lifted" });
  });
}

/** Settles whether users whom an application deletes are kept out. */
export async function changeKeepOutPolicy(
  actor: Actor,
  { keepsOutDeleted }: z.infer<typeof policySchema>,
): Promise<void> {
  authorize(actor, "suppression:manage");
  await runInTransaction(async (tx) => {
    await tx.project.update({ where: { uuid: actor.projectUuid }, data: { keepsOutDeleted } });
    await record(tx, actor, { action: "project.policy_changed", data: { fields: ["keepsOutDeleted"] } });
  });
}

async function requireKeptOut(tx: Tx, actor: Actor, receipt: string) {
  const [entry] = await readRowsIn(tx, { askedBy: nullable(TEXT), liftedAt: nullable(TIME) })`
    SELECT lift_asked_by AS "askedBy", lifted_at AS "liftedAt" FROM suppressions
    WHERE ${inProject(actor)} AND receipt_uuid = ${receipt}::uuid ORDER BY lifted_at NULLS FIRST LIMIT 1 FOR UPDATE`;
  if (!entry) throw new AppError("not_found", "Nobody is kept out under this receipt.");
  if (entry.liftedAt) throw new AppError("conflict", "They were let in again already.");
  return entry;
}
