import { z } from "zod";
import type { Ontology } from "#lib/ontology/schema.ts";
import { textSchema } from "#lib/validation.ts";
import { defineOperation, formatTime, optionalSchema, successShape } from "#lib/zep/common.ts";

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

export function presentOntology({ entityTypes, edgeTypes }: Ontology): z.infer<typeof listEntityTypes.answer> {
  return {
    entity_types: entityTypes,
    edge_types: edgeTypes.map(({ sourceTargets, ...type }) => ({ ...type, source_targets: sourceTargets })),
  };
}

/** Names that a node has by itself (wire contract, 4.4). */
const RESERVED = ["uuid", "name", "group_id", "name_embedding", "summary", "created_at"];
const MOST = 10;

const newProperty = z.object({
  name: textSchema(100)
    .min(1, "Must not be empty.")
    .refine((name) => !RESERVED.includes(name), "Is a name that every node has already."),
  type: z.enum(["Text", "Int", "Float", "Boolean"]),
  description: textSchema(2_000),
});

const newKind = z.object({
  name: textSchema(100).min(1, "Must not be empty."),
  description: textSchema(2_000),
  properties: optionalSchema(z.array(newProperty).max(MOST, `At most ${MOST} fields.`)).transform(
    (properties) => properties ?? [],
  ),
});

const end = optionalSchema(textSchema(100));

const newRelation = newKind
  .extend({ source_targets: optionalSchema(z.array(z.object({ source: end, target: end }))) })
  .transform(({ source_targets, ...type }) => ({ ...type, sourceTargets: source_targets ?? [] }));

export const setEntityTypes = defineOperation({
  id: "graph.setEntityTypes",
  needs: ["graph:write"],
  method: "PUT",
  path: "/entity-types",
  summary: "Replaces the kinds of nodes and facts of the project, at most ten of each.",
  body: z
    .object({
      entity_types: requireDistinctNames(z.array(newKind).max(MOST, `At most ${MOST} entity types.`)),
      edge_types: requireDistinctNames(z.array(newRelation).max(MOST, `At most ${MOST} edge types.`)),
    })
    .transform((body): Ontology => ({ entityTypes: body.entity_types, edgeTypes: body.edge_types })),
  answer: successShape,
});

function requireDistinctNames<T extends { name: string }>(kinds: z.ZodType<T[]>) {
  const distinct = kinds.refine(
    (given) => new Set(given.map(({ name }) => name)).size === given.length,
    "Names must differ.",
  );
  return optionalSchema(distinct).transform((given) => given ?? []);
}

export const getProject = defineOperation({
  id: "v3.project.get",
  needs: ["users:read"],
  method: "GET",
  path: "/projects/info",
  summary: "The project that the key belongs to.",
  answer: z.object({ project: z.object({ uuid: z.string(), name: z.string(), created_at: z.string() }) }),
});

export function presentProject(project: {
  uuid: string;
  name: string;
  createdAt: Date;
}): z.infer<typeof getProject.answer> {
  const { uuid, name, createdAt } = project;
  return { project: { uuid, name, created_at: formatTime(createdAt) } };
}
