import { z } from "zod";

/** What a node or a fact of a kind may carry. */
const propertySchema = z.object({
  name: z.string(),
  type: z.enum(["Text", "Int", "Float", "Boolean"]),
  description: z.string(),
});

const kindSchema = z.object({ name: z.string(), description: z.string(), properties: z.array(propertySchema) });

/** Which kinds of nodes a kind of fact joins; an end that is left out may be any. */
const endsSchema = z.object({ source: z.string().optional(), target: z.string().optional() });

/** The kinds of nodes and facts that a project's application has named. */
export const ontologySchema = z.object({
  entityTypes: z.array(kindSchema),
  edgeTypes: z.array(kindSchema.extend({ sourceTargets: z.array(endsSchema) })),
});

export type Ontology = z.infer<typeof ontologySchema>;
