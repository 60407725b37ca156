import { z } from "zod";

const schemaShape = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof schemaShape>;

const content = z.object({ "application/json": z.object({ schema: schemaShape }) });

const operationShape = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  deprecated: z.boolean().default(false),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean(), schema: schemaShape }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});

const documentShape = z.object({
  info: z.object({ description: z.string() }),
  servers: z.array(z.object({ url: z.string() })).min(1),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
});

export type ApiOperation = z.infer<typeof operationShape> & { method: string; path: string; anchor: string };

export interface Chapter {
  name: string;
  operations: ApiOperation[];
}

export interface ApiDocument {
  base: string;
  description: string;
  chapters: Chapter[];
}

/** Reads as much of the OpenAPI document as a person is shown. */
export function readDocument(json: unknown): ApiDocument {
  const { info, servers, tags, paths } = documentShape.parse(json);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
      anchor: `${method}${path}`.replace(/[^a-z]+/gi, "-").replace(/-$/, ""),
    })),
  );
  const chapters = tags.map(({ name }) => ({ name, operations: operations.filter(({ tags: [tag] }) => tag === name) }));
  return { base: servers[0]?.url ?? "", description: info.description, chapters };
}

export interface FieldLine {
  name: string;
  type: string;
  required: boolean;
  depth: number;
}

/** A schema's fields as lines, those of nested objects indented below their own. */
export function listFieldLines(schema: JsonSchema, depth = 0): FieldLine[] {
  const properties = z.record(z.string(), schemaShape).catch({}).parse(schema.properties);
  const required = z.array(z.string()).catch([]).parse(schema.required);
  return Object.entries(properties).flatMap(([name, property]) => {
    const inner = findObjectSchema(property);
    const line = { name, type: describeType(property), required: required.includes(name), depth };
    return [line, ...(depth < 3 && inner ? listFieldLines(inner, depth + 1) : [])];
  });
}

/** The object that a property is, or is a list of. */
function findObjectSchema(schema: JsonSchema): JsonSchema | null {
  const real = unwrapNullable(schema);
  if (real.type === "array") return findObjectSchema(schemaShape.catch({}).parse(real.items));
  return real.properties ? real : null;
}

/** What a property is when it is not null. */
function unwrapNullable(schema: JsonSchema): JsonSchema {
  const choices = z.array(schemaShape).catch([]).parse(schema.anyOf);
  const real = choices.filter((choice) => choice.type !== "null" && choice.const !== "");
  return real[0] ? unwrapNullable(real[0]) : schema;
}

function describeType(schema: JsonSchema): string {
  const real = unwrapNullable(schema);
  if (Array.isArray(real.enum)) return real.enum.join(" | ");
  if (real.type === "array") return `list of ${describeType(schemaShape.catch({}).parse(real.items))}`;
  const most = typeof real.maxLength === "number" ? ` ≤ ${real.maxLength.toLocaleString("en")}` : "";
  const format = typeof real.format === "string" ? ` (${real.format})` : "";
  return `${typeof real.type === "string" ? real.type : "any"}${format}${most}`;
}

/** A body to begin with: every required field, with a value of its type. */
export function makeExampleBody(schema: JsonSchema): unknown {
  const real = unwrapNullable(schema);
  if (Array.isArray(real.enum)) return real.enum[0];
  if (real.type === "array") return [makeExampleBody(schemaShape.catch({}).parse(real.items))];
  if (real.type === "integer" || real.type === "number") return 1;
  if (real.type === "boolean") return false;
  if (real.type === "string") return "";
  const properties = z.record(z.string(), schemaShape).catch({}).parse(real.properties);
  const required = z.array(z.string()).catch([]).parse(real.required);
  return Object.fromEntries(
    required.flatMap((name) => (properties[name] ? [[name, makeExampleBody(properties[name])]] : [])),
  );
}
