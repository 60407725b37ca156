import type { Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { type Ontology, ontologySchema } from "#lib/ontology/schema.ts";

/** A project's kinds of nodes and facts, for whoever may ask: none until its application names some. */
export async function readOntology(tx: Pick<Tx, "ontology">, projectUuid: string): Promise<Ontology> {
  const found = await tx.ontology.findUnique({ where: ofProject({ projectUuid }) });
  return ontologySchema.parse(found ?? { entityTypes: [], edgeTypes: [] });
}
