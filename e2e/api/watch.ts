import assert from "node:assert/strict";
import { listOperations } from "#lib/zep/openapi.ts";
import { findApiPath } from "#scripts/api-paths.ts";

/** What the strict Python client raises an error without (wire contract, 1.3): these fields, always, and never null. */
const REQUIRED = {
  EntityNode: ["uuid", "name", "summary", "created_at"],
  EntityEdge: ["uuid", "name", "fact", "source_node_uuid", "target_node_uuid", "created_at"],
  Episode: ["uuid", "content", "created_at"],
  Message: ["content", "role_type"],
  ThreadMessage: ["content", "role"],
  Fact: ["uuid", "content", "fact", "created_at"],
  EntityType: ["name", "description"],
  EntityProperty: ["name", "type", "description"],
} as const;

type Kind = keyof typeof REQUIRED;

const KIND_OF_KEY: Record<string, Kind> = {
  node: "EntityNode",
  nodes: "EntityNode",
  source_node: "EntityNode",
  target_node: "EntityNode",
  edge: "EntityEdge",
  edges: "EntityEdge",
  message: "Message",
  messages: "Message",
  relevant_facts: "Fact",
  entity_types: "EntityType",
  edge_types: "EntityType",
  properties: "EntityProperty",
};

const KIND_OF_ANSWER: [RegExp, Kind][] = [
  [/^(GET|PATCH) \/graph\/node\/\{nodeUuid\}$|^POST \/graph\/node\/(user|group|graph)\//, "EntityNode"],
  [/^(GET|PATCH) \/graph\/edge\/\{uuid\}$|^POST \/graph\/edge\/(user|group|graph)\/|entity-edges$/, "EntityEdge"],
  [/^(GET|PATCH) \/graph\/episodes\/\{uuid\}$|^POST \/graph$|^POST \/graph-batch$/, "Episode"],
  [/^(GET|PATCH) \/sessions\/\{sessionId\}\/messages\/\{messageUuid\}$/, "Message"],
  [/^PATCH \/messages\//, "ThreadMessage"],
];

/** Which operations have answered well so far, by method and path. */
export const ANSWERED_OPERATIONS = new Set<string>();

/**
 * Looks at every answer that any client gets from now on: JSON with a body, of the declared shape, fit for the strict
 * client; a refusal has a message and nothing else.
 */
export function watchAnswers(base: string): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await original(input, { ...init, redirect: "error" });
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.href.startsWith(base)) return response;
    checkAnswer(
      init?.method ?? "GET",
      url.pathname.slice(new URL(base).pathname.length),
      response.status,
      await response.clone().text(),
    );
    assert.match(response.headers.get("content-type") ?? "", /^application\/json; charset=utf-8$/);
    return response;
  };
}

function checkAnswer(method: string, path: string, status: number, text: string): void {
  const body: unknown = JSON.parse(text);
  assert.ok(status < 500, `${method} ${path} failed: ${text}`);
  if (status >= 400) {
    assert.deepEqual(Object.keys(Object(body)), ["message"]);
    assert.ok(Object(body).message.length > 0);
    return;
  }
  const operation = findOperation(method, path);
  assert.ok(operation, `${method} ${path} is declared`);
  const name = `${method} ${operation.path}`;
  assert.equal(status, operation.status, name);
  const parsed = operation.answer.safeParse(body);
  assert.ok(parsed.success, `${name}: ${parsed.error?.message}`);
  assert.deepEqual(parsed.data, body, `${name} says no more than it declares`);
  const kind = KIND_OF_ANSWER.find(([pattern]) => pattern.test(name))?.[1];
  const inThreads = path.startsWith("/threads");
  for (const item of Array.isArray(body) ? body : [body]) {
    if (kind) checkRequiredFields(name, kind, item);
    checkNested(name, item, inThreads);
  }
  ANSWERED_OPERATIONS.add(name);
}

/** The declared operation, found as the server finds its route files. */
function findOperation(method: string, path: string) {
  const paths = listOperations().map(({ operation }) => ({
    segments: operation.path.slice(1).replaceAll("{", "[").replaceAll("}", "]").split("/"),
    methods: new Map<string, typeof operation>([[operation.method, operation]]),
  }));
  const found = findApiPath(paths, method, path);
  return "handler" in found ? found.handler : undefined;
}

/** Everything below that is of a known kind, by the key it stands under. */
function checkNested(name: string, value: unknown, inThreads: boolean): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "metadata" || key === "attributes") continue;
    const items: unknown[] = Array.isArray(inner) ? inner : [inner];
    for (const item of items) {
      if (typeof item !== "object" || item === null) continue;
      const kind = key === "messages" && inThreads ? "ThreadMessage" : findKind(key);
      if (kind) checkRequiredFields(`${name} ${key}`, kind, item);
      checkNested(name, item, inThreads);
    }
  }
}

function findKind(key: string): Kind | undefined {
  if (key === "episodes") return "Episode";
  if (key === "fact" || key === "facts") return "Fact";
  return KIND_OF_KEY[key];
}

function checkRequiredFields(where: string, kind: Kind, item: unknown): void {
  for (const field of REQUIRED[kind])
    assert.equal(typeof Object(item)[field], "string", `${where}: ${kind}.${field} is there, and text`);
}
