import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { RequestPolicy } from "#lib/privacy/policy/schema.ts";

/** Settles how requests are worked. Plans that wait for approval have to meet what it asks for from now on. */
export async function changePolicy(actor: Actor, policy: RequestPolicy): Promise<void> {
  authorize(actor, "policy:manage");
  await runInTransaction(async (tx) => {
    const where = ofProject(actor);
    const data = { ...policy, updatedAt: new Date() };
    await tx.privacyPolicy.upsert({ where, create: { ...where, ...data }, update: data });
    await record(tx, actor, { action: "policy.changed", data: { fields: Object.keys(policy) } });
  });
}
