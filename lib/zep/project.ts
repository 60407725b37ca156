import { z } from "zod";
import { ontologySchema } from "#lib/ontology/schema.ts";
import { defineOperation, successShape } from "#lib/zep/common.ts";

const property = z.object({ name: z.string(), type: z.string(), description: z.string() });
const kind = { name: z.string(), description: z.string(), properties: z.array(property) };

export const listEntityTypes = defineOperation({
  id: "graph.listEntityTypes",
  needs: ["graph:read"],
  method: "GET",
  path: "/entity-types",
  summary: "The kinds of nodes and facts that the project's application has named.",
  answer: z.object({
    entity_types: z.array(z.object(kind)),
    edge_types: z.array(
      z.object({
        ...kind,
        source_targets: z.array(z.object({ source: z.string().optional(), target: z.string().optional() })),
      }),
    ),
  }),
});

export const setEntityTypes = defineOperation({
  id: "graph.setEntityTypes",
  needs: ["graph:write"],
  method: "PUT",
  path: "/entity-types",
  summary: "Replaces the kinds of nodes and facts of the project, at most ten of each.",
  body: ontologySchema,
  answer: successShape,
});

export const getProject = defineOperation({
  id: "v3.project.get",
  needs: ["users:read"],
  method: "GET",
  path: "/projects/info",
  summary: "The project that the key belongs to.",
  answer: z.object({ project: z.object({ uuid: z.string(), name: z.string(), created_at: z.string() }) }),
});
