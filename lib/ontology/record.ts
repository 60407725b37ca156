import { db } from "#lib/db/client.ts";
import { type Ontology, ontologySchema } from "#lib/ontology/schema.ts";

/** A project's kinds of nodes and facts, for whoever may ask: none until its application names some. */
export async function readOntology(projectUuid: string): Promise<Ontology> {
  const found = await db().ontology.findUnique({ where: { projectUuid } });
  return ontologySchema.parse({ entity_types: found?.entityTypes, edge_types: found?.edgeTypes });
}
