import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { readOntology } from "#lib/ontology/record.ts";
import type { Ontology } from "#lib/ontology/schema.ts";

/** The kinds that the project's application has named; none until it does. */
export async function getOntology(actor: Actor): Promise<Ontology> {
  authorize(actor, "graph:read");
  return readOntology(db(), actor.projectUuid);
}
