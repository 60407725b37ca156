import type { z } from "zod";
import { runAttempt } from "#lib/attempt.ts";
import { Actor } from "#lib/auth/actor.ts";
import { authorize, type Permission } from "#lib/auth/permissions.ts";
import { AppError, type Failure, STATUS_OF_CODE } from "#lib/errors.ts";
import { withIdempotencyKey } from "#lib/idempotency/keep.ts";
import { formatJson } from "#lib/json.ts";
import { countRequest } from "#lib/rate-limit.ts";
import { parseJsonText, readBodyText } from "#lib/request-body.ts";
import { logRequest } from "#lib/request-log/log.ts";
import { generateUuid } from "#lib/uuid.ts";
import { collectFieldErrors } from "#lib/validation.ts";

/** What the API offers at one method and path: the shapes that requests are held to and the document is made from. */
export interface Operation<Params, Query, Body, Answer> {
  /** As the published client calls it, such as `user.listOrdered`. */
  id: string;
  /** What a key must be allowed; asked before anything of the request is read. */
  needs: readonly Permission[];
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v2`, parameters in braces. */
  path: string;
  summary: string;
  params: z.ZodType<Params>;
  query: z.ZodType<Query>;
  /** Of what POST, PUT and PATCH carry; the others carry nothing. */
  body: z.ZodType<Body>;
  answer: z.ZodType<Answer>;
  status: number;
  deprecated: boolean;
  /** Says that what the body would make is there already, in the words that integrations look for (wire contract, 4.1). */
  taken?: (body: Body) => string;
  /** Puts a refusal into the caller's words, where theirs are others than ours. */
  translate?: (message: string) => string;
}

export interface Call<Params, Query, Body> {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** A uuid that names this call. Everything the call makes is named after it, and a repeated call gets the same one. */
  idempotencyKey: string;
  /** Sent with the answer. */
  headers: Headers;
}

interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
  /** Whether the answer went out whole; known only where our own server carries it. */
  delivered?: Promise<boolean>;
}

const HEADERS = { "content-type": "application/json; charset=utf-8", "cache-control": "private, no-store" };

/**
 * Answers an operation: who calls and may they, is the request well-formed, then the handler. Every answer is JSON with a
 * body, every refusal `{"message"}` (wire contract, 1.4); each call leaves a line in the project's request log.
 */
export function defineRoute<Params, Query, Body, Answer>(
  operation: Operation<Params, Query, Body, Answer>,
  handle: (call: Call<Params, Query, Body>) => Promise<Answer>,
) {
  const { method, path, status } = operation;
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const at = new Date();
    const started = performance.now();
    const { actor, result } = await runAttempt(
      () => keyHolder(request),
      async (actor) => {
        await countRequest(actor.uuid ?? "");
        for (const permission of operation.needs) authorize(actor, permission);
        const params = parseOrRefuse("path", operation.params, await context.params);
        const query = parseOrRefuse("query", operation.query, readQuery(request));
        const carries = method !== "GET" && method !== "DELETE";
        const text = carries ? await readBodyText(request) : "";
        const body = parseOrRefuse("body", operation.body, carries ? parseJsonText(text) : undefined);
        const answer = async (idempotencyKey: string) => {
          const headers = new Headers(HEADERS);
          const call = handle({ actor, params, query, body, idempotencyKey, headers });
          const value = await call.catch((error: unknown) => {
            throw isTaken(error) && operation.taken ? new AppError("taken", operation.taken(body)) : error;
          });
          return new Response(formatJson(value), { status, headers });
        };
        if (method !== "POST") return answer(generateUuid());
        const { delivered } = context;
        return withIdempotencyKey({ actor, request: JSON.stringify([path, params, text]), delivered }, answer);
      },
    );
    const response = result.ok ? result.value : makeRefusalResponse(result.error, operation.translate);
    if (actor?.uuid) {
      const duration = performance.now() - started;
      const { projectUuid, uuid: apiKeyUuid } = actor;
      logRequest({ projectUuid, apiKeyUuid, at, method, route: path, status: response.status, duration });
    }
    return response;
  };
}

/** Refuses what only a language model could answer truthfully. @throws AppError `invalid`. */
export function refuseWithoutModel(what: string): never {
  throw new AppError("invalid", `${what} needs a language model, and none is configured.`);
}

/** Answers what lies below the API's address but is none of its operations. */
export async function answerUnknown(request: Request): Promise<Response> {
  const { result } = await runAttempt(
    () => keyHolder(request),
    () => {
      throw new AppError("not_found", "The API has nothing at this path.");
    },
  );
  return result.ok ? Response.json({}) : makeRefusalResponse(result.error);
}

/** `Api-Key` is what the published clients send; `Bearer` is what people try first (wire contract, 1.1). */
async function keyHolder(request: Request): Promise<Actor> {
  const [, key] = /^(?:api-key|bearer)\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const actor = key ? await Actor.ofApiKey(key) : null;
  if (!actor) throw new AppError("unauthenticated", "unauthorized");
  return actor;
}

/** An empty parameter counts as absent, as the graph viewer's first cursor does (wire contract, 2.3). */
function readQuery(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
}

function parseOrRefuse<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { "": whole, ...fields } = collectFieldErrors(parsed.error);
  throw new AppError("invalid", "The request does not fit.", whole ? { [what]: whole, ...fields } : fields);
}

function makeRefusalResponse(failure: Failure, translate = (message: string) => message): Response {
  const status = STATUS_OF_CODE[failure.code];
  const { retryAfter } = failure;
  const headers = { ...HEADERS, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) };
  return Response.json({ message: translate(formatMessage(failure)) }, { status, headers });
}

/** Names each field as the wire does, because the message is all that a client shows. */
function formatMessage({ code, message, fields }: Failure): string {
  if (code === "forbidden") return `This key's scopes do not allow this (${fields.permission ?? "forbidden"}).`;
  const named = Object.entries(fields).map(([field, reason]) => `${toSnakeCase(field)}: ${reason}`);
  return named.length > 0 ? named.join(" ") : message;
}

function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === "taken";
}

function toSnakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
