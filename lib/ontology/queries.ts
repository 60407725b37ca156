import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { type Ontology, ontologySchema } from "#lib/ontology/schema.ts";

/** The kinds that the project's application has named; none until it does. */
export async function getOntology(actor: Actor): Promise<Ontology> {
  authorize(actor, "graph:read");
  const found = await db().ontology.findUnique({ where: { projectUuid: actor.projectUuid } });
  return ontologySchema.parse({ entity_types: found?.entityTypes, edge_types: found?.edgeTypes });
}
