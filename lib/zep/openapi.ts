import { z } from "zod";
import type { Operation } from "#lib/route.ts";
import * as facts from "#lib/zep/facts.ts";
import * as data from "#lib/zep/graph-data.ts";
import * as items from "#lib/zep/graph-items.ts";
import * as lists from "#lib/zep/graph-lists.ts";
import * as search from "#lib/zep/graph-search.ts";
import * as groups from "#lib/zep/groups.ts";
import * as messageSearch from "#lib/zep/message-search.ts";
import * as messages from "#lib/zep/messages.ts";
import * as project from "#lib/zep/project.ts";
import * as sessions from "#lib/zep/sessions.ts";
import * as threads from "#lib/zep/threads.ts";
import * as users from "#lib/zep/users.ts";

type AnyOperation = Pick<
  Operation<unknown, unknown, unknown, unknown>,
  "id" | "needs" | "method" | "path" | "summary" | "status" | "deprecated"
> &
  Record<"params" | "query" | "body" | "answer", z.ZodType>;

const CHAPTERS: [string, Record<string, unknown>][] = [
  ["Users", users],
  ["Sessions", sessions],
  ["Messages and memory", { ...messages, ...messageSearch }],
  ["Facts", facts],
  ["Graph: adding", data],
  ["Graph: searching", search],
  ["Graph: listing", lists],
  ["Graph: one thing", items],
  ["Groups", groups],
  ["Threads (v3)", threads],
  ["Project", project],
];

const REFUSALS = {
  400: "The request does not fit; the message names the field. Nothing was changed.",
  401: "The key is missing, unknown or revoked.",
  403: "The key's scopes do not allow this.",
  404: "There is no such thing in the key's project.",
  413: "The body is larger than 5 MiB.",
  429: "The key has used up its minute; Retry-After says when to go on.",
};

const DESCRIPTION = `The API that Zep's published clients speak, on your own server. Send \`Authorization: Api-Key <key>\`; the key decides the project.

Where it differs from the original: ids may be any text of 1 to 500 characters (not \`.\` or \`..\` alone). In a PATCH, null, an empty text and absence leave a field as it is; clearing a field is done in the console. Deleting a session removes the episodes its messages became, with the facts and nodes that rest on them alone; deleting a user removes everything in one transaction. Lists without a page size give 100 and never more than 1,000. Messages for a session that nobody has announced begin it; since a session belongs to a user, it gets a placeholder whose \`user_id\` is the session's id, until \`memory.addSession\` with that \`session_id\` says whose it is and takes messages and memory along. Where that id is a person's, the messages are refused with 404. Search is lexical, unless an embedding model is configured. What needs a language model (classify, extract, synthesize_question) is refused with 400.`;

/** Every operation there is, with the chapter it is told in. */
export function listOperations(): { chapter: string; operation: AnyOperation }[] {
  return CHAPTERS.flatMap(([chapter, declared]) =>
    Object.values(declared)
      .filter(isOperation)
      .map((operation) => ({ chapter, operation })),
  );
}

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "answer" in value;
}

let document: object | undefined;

/** The OpenAPI 3.1 document, made from the very shapes that requests and answers are held to. */
export function getOpenApiDocument(): object {
  document ??= {
    openapi: "3.1.0",
    info: { title: "Lethe API", version: "2", description: DESCRIPTION },
    servers: [{ url: "/api/v2" }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "Authorization", description: "Api-Key <key>" },
      },
      schemas: { Error: { type: "object", properties: { message: { type: "string" } }, required: ["message"] } },
    },
    tags: CHAPTERS.map(([name]) => ({ name })),
    paths: buildPaths(),
  };
  return document;
}

function buildPaths(): Record<string, Record<string, object>> {
  const result: Record<string, Record<string, object>> = {};
  for (const { chapter, operation } of listOperations()) {
    result[operation.path] ??= {};
    Object.assign(result[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: describeOperation(chapter, operation),
    });
  }
  return result;
}

function describeOperation(chapter: string, operation: AnyOperation): object {
  const { method, status } = operation;
  const carries = method === "POST" || method === "PUT" || method === "PATCH";
  const refusals = Object.entries(REFUSALS).map(([code, description]) => [
    code,
    { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
  ]);
  return {
    operationId: operation.id,
    tags: [chapter],
    summary: operation.summary,
    deprecated: operation.deprecated || undefined,
    parameters: [...describeParameters("path", operation.params), ...describeParameters("query", operation.query)],
    requestBody: carries
      ? { required: true, content: { "application/json": { schema: toJsonSchema(operation.body, "input") } } }
      : undefined,
    responses: {
      [status]: {
        description: "Done.",
        content: { "application/json": { schema: toJsonSchema(operation.answer, "output") } },
      },
      ...Object.fromEntries(refusals),
    },
  };
}

function describeParameters(place: "path" | "query", schema: z.ZodType): object[] {
  const { properties = {}, required = [] } = toJsonSchema(schema, "input");
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

/** A shape of ours as JSON Schema, self-contained: a reference would point into a document of its own. */
function toJsonSchema(schema: z.ZodType, io: "input" | "output"): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
    reused: "inline",
    cycles: "throw",
    override: ({ zodSchema, jsonSchema }) => {
      // What travels in a query is text to us and a number or a truth to whoever writes it.
      const wire = z.globalRegistry.get(zodSchema)?.wire;
      if (!wire) return;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, wire);
    },
  });
  return json;
}
