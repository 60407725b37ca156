import { z } from "zod";
import { readCurrentActor } from "#lib/action.ts";
import { runAttempt } from "#lib/attempt.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { AppError, STATUS_OF_CODE } from "#lib/errors.ts";
import { formatJson } from "#lib/json.ts";
import { parse } from "#lib/validation.ts";

/** What stands in the place of a path's parameters, such as `{ id }`. */
type PathParams = Record<string, string>;

/** Personal data must not stay in a shared or disk cache. */
const HEADERS = { "cache-control": "private, no-store" };

/**
 * A read that the console's own pages fetch as JSON, for the signed-in operator.
 * @param parse turns the request and the parameters of its path into the handler's input; what it throws becomes an answer
 * like any other failure.
 * @param fileName what the answer is called where it is for people to keep; without it, it is for a page's scripts.
 */
export function defineConsoleRead<Query>(
  parse: (request: Request, params: PathParams) => Promise<Query> | Query,
  read: (actor: Actor, query: Query) => Promise<unknown>,
  fileName?: (query: Query) => string,
) {
  return async (request: Request, context: { params: Promise<PathParams> }): Promise<Response> => {
    const { result } = await runAttempt(readCurrentActor, async (actor) => {
      if (isFromElsewhere(request)) throw new AppError("forbidden", "Another site may not ask for this.");
      const query = await parse(request, await context.params);
      const value = await read(actor, query);
      return fileName ? makeFile(value, fileName(query)) : Response.json(value, { headers: HEADERS });
    });
    if (result.ok) return result.value;
    const { code, message } = result.error;
    return Response.json({ message }, { status: STATUS_OF_CODE[code], headers: HEADERS });
  };
}

/** Whether a page of another site asks in the operator's name: a link there must neither read nor be audited as theirs. */
function isFromElsewhere(request: Request): boolean {
  return !["same-origin", "none", null].includes(request.headers.get("sec-fetch-site"));
}

function makeFile(value: unknown, name: string): Response {
  const headers = {
    ...HEADERS,
    "content-type": "application/json",
    "content-disposition": `attachment; filename="${name}"`,
  };
  return new Response(formatJson(value, 2), { headers });
}

/** Reads a request's JSON body. @throws AppError `invalid` with a message per field. */
export async function parseJsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  return parse(schema, await request.json().catch(() => null));
}

/** Reads a request's query. @throws AppError `invalid` with a message per parameter. */
export function parseQuery<T>(request: Request, schema: z.ZodType<T>): T {
  return parse(schema, Object.fromEntries(new URL(request.url).searchParams));
}

/** A path names things by uuid; anything else names nothing. @throws AppError `not_found`. */
export function parseUuidParam(value: string | undefined): string {
  const parsed = z.uuid().safeParse(value);
  if (!parsed.success) throw new AppError("not_found", "There is nothing at this address.");
  return parsed.data;
}
