import { z } from "zod";
import { currentActor } from "#lib/action.ts";
import { recordRefusal } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { AppError, STATUS_OF_CODE, toFailure } from "#lib/errors.ts";
import { fieldErrors } from "#lib/validation.ts";

/** Personal data must not stay in a shared or disk cache. */
const HEADERS = { "cache-control": "private, no-store" };

/**
 * A read that the console's own pages fetch as JSON, for the signed-in operator.
 * `parse` turns the URL's query into the handler's input; what it throws becomes an answer like any other failure.
 */
export function defineConsoleRead<Query>(
  parse: (request: Request) => Promise<Query> | Query,
  read: (actor: Actor, query: Query) => Promise<unknown>,
) {
  return async (request: Request): Promise<Response> => {
    let actor: Actor | null = null;
    try {
      actor = await currentActor();
      if (!actor) throw new AppError("unauthenticated", "Your sign-in has ended.");
      return Response.json(await read(actor, await parse(request)), { headers: HEADERS });
    } catch (error) {
      const failure = toFailure(error);
      if (actor && failure.code === "forbidden") await recordRefusal(actor, failure.fields.permission ?? "unknown");
      return Response.json({ message: failure.message }, { status: STATUS_OF_CODE[failure.code], headers: HEADERS });
    }
  };
}

/** Reads a request's JSON body. @throws AppError `invalid` with a message per field. */
export async function jsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await request.json().catch(() => null);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new AppError("invalid", "The request does not fit.", fieldErrors(parsed.error));
  return parsed.data;
}

/** Reads a request's query. @throws AppError `invalid` with a message per parameter. */
export function parseQuery<T>(request: Request, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new AppError("invalid", "The request does not fit.", fieldErrors(parsed.error));
  return parsed.data;
}

/** A path names things by uuid; anything else names nothing. @throws AppError `not_found`. */
export function uuidParam(value: string): string {
  const parsed = z.uuid().safeParse(value);
  if (!parsed.success) throw new AppError("not_found", "There is nothing at this address.");
  return parsed.data;
}
