import type { z } from "zod";
import { recordRefusal } from "#lib/audit/record.ts";
import { Actor } from "#lib/auth/actor.ts";
import { AppError, type Failure, STATUS_OF_CODE, toFailure } from "#lib/errors.ts";
import { type Attempt, beginAttempt } from "#lib/idempotency/keep.ts";
import { countRequest, TooManyRequests } from "#lib/rate-limit.ts";
import { parseJson, readText } from "#lib/request-body.ts";
import { noteRequest } from "#lib/request-log/log.ts";
import { newUuid } from "#lib/uuid.ts";
import { fieldErrors } from "#lib/validation.ts";

/** What the API offers at one method and path: the shapes that requests are held to and the document is made from. */
export interface Operation<Params, Query, Body, Answer> {
  /** As the published client calls it, such as `user.listOrdered`. */
  id: string;
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
}

export interface Call<Params, Query, Body> {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** A uuid to name after it what this call makes; a repeat of the call has the same one. */
  seed: string;
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
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const at = new Date();
    const started = performance.now();
    let actor: Actor | null = null;
    let attempt: Attempt | null = null;
    let failed = false;
    let response: Response;
    try {
      actor = await authenticated(request);
      await countRequest(actor.uuid ?? "");
      const params = held("path", operation.params, await context.params);
      const query = held("query", operation.query, queryOf(request));
      const carries = operation.method !== "GET" && operation.method !== "DELETE";
      const text = carries ? await readText(request) : "";
      const body = held("body", operation.body, carries ? parseJson(text) : undefined);
      if (operation.method === "POST") {
        attempt = await beginAttempt(actor, JSON.stringify([operation.path, params, text]));
        const { settle } = attempt;
        context.delivered?.then((whole) => settle(whole && !failed)).catch(toFailure);
      }
      const seed = attempt?.seed ?? newUuid();
      const headers = new Headers(HEADERS);
      const answer = await handle({ actor, params, query, body, seed, headers });
      response = Response.json(answer, { status: operation.status, headers });
    } catch (error) {
      const failure = toFailure(error);
      if (actor && failure.code === "forbidden") await recordRefusal(actor, failure.fields.permission ?? "unknown");
      response = refused(failure, error instanceof TooManyRequests ? { "retry-after": String(error.seconds) } : {});
    }
    // An answer that says nothing of what was done is as good as lost: the clients ask again.
    failed = response.status >= 500;
    if (failed) await attempt?.lose().catch(toFailure);
    if (actor?.uuid) {
      const { method, path: route } = operation;
      const { status } = response;
      const duration = performance.now() - started;
      noteRequest({ projectUuid: actor.projectUuid, apiKeyUuid: actor.uuid, at, method, route, status, duration });
    }
    return response;
  };
}

/** Refuses what only a language model could answer truthfully. @throws AppError `invalid`. */
export function needsModel(what: string): never {
  throw new AppError("invalid", `${what} needs a language model, and none is configured.`);
}

/** Answers what lies below the API's address but is none of its operations. */
export async function answerUnknown(request: Request): Promise<Response> {
  const failure = await authenticated(request).then(
    () => new AppError("not_found", "The API has nothing at this path."),
    (error: unknown) => error,
  );
  return refused(toFailure(failure));
}

/** `Api-Key` is what the published clients send; `Bearer` is what people try first (wire contract, 1.1). */
async function authenticated(request: Request): Promise<Actor> {
  const [, key] = /^(?:api-key|bearer)\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const actor = key ? await Actor.ofApiKey(key) : null;
  if (!actor) throw new AppError("unauthenticated", "unauthorized");
  return actor;
}

/** An empty parameter counts as absent, as the graph viewer's first cursor does (wire contract, 2.3). */
function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
}

function held<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { "": whole, ...fields } = fieldErrors(parsed.error);
  throw new AppError("invalid", "The request does not fit.", whole ? { [what]: whole, ...fields } : fields);
}

function refused(failure: Failure, headers: Record<string, string> = {}): Response {
  const status = STATUS_OF_CODE[failure.code];
  return Response.json({ message: messageOf(failure) }, { status, headers: { ...HEADERS, ...headers } });
}

/** Names each field as the wire does, because the message is all that a client shows. */
function messageOf({ code, message, fields }: Failure): string {
  if (code === "forbidden") return `This key's scopes do not allow this (${fields.permission ?? "forbidden"}).`;
  const named = Object.entries(fields).map(([field, reason]) => `${snakeCase(field)}: ${reason}`);
  return named.length > 0 ? named.join(" ") : message;
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
