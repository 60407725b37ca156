import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

/** Names that a node has by itself (wire contract, 4.4). */
const RESERVED = ["uuid", "name", "group_id", "name_embedding", "summary", "created_at"];
const MOST = 10;

const property = z.object({
  name: textSchema(100)
    .min(1, "Must not be empty.")
    .refine((name) => !RESERVED.includes(name), "Is a name that every node has already."),
  type: z.enum(["Text", "Int", "Float", "Boolean"]),
  description: textSchema(2_000),
});

const kind = z.object({
  name: textSchema(100).min(1, "Must not be empty."),
  description: textSchema(2_000),
  properties: z
    .array(property)
    .max(MOST, `At most ${MOST} fields.`)
    .nullish()
    .transform((properties) => properties ?? []),
});

const end = textSchema(100)
  .nullish()
  .transform((name) => name ?? undefined);

const relation = kind.extend({
  source_targets: z
    .array(z.object({ source: end, target: end }))
    .nullish()
    .transform((ends) => ends ?? []),
});

/** The kinds of nodes and facts of a project, in the wire contract's names (2.3): they are kept as they are sent. */
export const ontologySchema = z.object({
  entity_types: requireDistinctNames(z.array(kind).max(MOST, `At most ${MOST} entity types.`)),
  edge_types: requireDistinctNames(z.array(relation).max(MOST, `At most ${MOST} edge types.`)),
});

export type Ontology = z.infer<typeof ontologySchema>;

function requireDistinctNames<T extends { name: string }>(kinds: z.ZodType<T[]>) {
  return kinds
    .refine((given) => new Set(given.map(({ name }) => name)).size === given.length, "Names must differ.")
    .nullish()
    .transform((given) => given ?? []);
}
