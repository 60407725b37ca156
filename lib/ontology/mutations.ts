import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { Ontology } from "#lib/ontology/schema.ts";

/** Replaces the project's kinds of nodes and facts. */
export async function setOntology(actor: Actor, ontology: Ontology): Promise<void> {
  authorize(actor, "graph:write");
  const { projectUuid } = actor;
  const kinds = { ...ontology, updatedAt: new Date() };
  await runInTransaction(async (tx) => {
    await tx.ontology.upsert({ where: ofProject(actor), create: { ...kinds, projectUuid }, update: kinds });
    await record(tx, actor, { action: "ontology.changed" });
  });
}
