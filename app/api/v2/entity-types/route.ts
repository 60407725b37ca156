import { setOntology } from "#lib/ontology/mutations.ts";
import { getOntology } from "#lib/ontology/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { listEntityTypes, presentOntology, setEntityTypes } from "#lib/zep/project.ts";

export const GET = defineRoute(listEntityTypes, async ({ actor }) => presentOntology(await getOntology(actor)));

export const PUT = defineRoute(setEntityTypes, async ({ actor, body }) => {
  await setOntology(actor, body);
  return SUCCESS;
});
