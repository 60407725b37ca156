import { forbidden, notFound, redirect, unauthorized } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { readCurrentActor } from "#lib/action.ts";
import { runAttempt } from "#lib/attempt.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize, PAGES } from "#lib/auth/permissions.ts";
import { toResult } from "#lib/errors.ts";

/** Who signed in, asked once per page however many parts of it want to know. */
export const readPageActor = cache(() => awaitOrNotFound(readCurrentActor()));

/**
 * A page's first line. Strangers sign in first, at the same address; whoever has yet to choose a password does that first;
 * a role without the page's permission gets 403, and it is recorded.
 */
export async function authorizePage(page: keyof typeof PAGES): Promise<Actor> {
  const { actor, result } = await runAttempt(readPageActor, (asking) => authorize(asking, PAGES[page]));
  if (!actor) unauthorized();
  if (result.ok) return actor;
  if (result.error.code === "password_temporary") redirect("/account");
  forbidden();
}

/** A page's address names things by uuid; anything else names nothing. */
export function parseUuidOrNotFound(value: string): string {
  const parsed = z.uuid().safeParse(value);
  if (!parsed.success) notFound();
  return parsed.data;
}

/**
 * Awaits what a page shows. What is not found is a 404 page, somebody restricted a 403 page; anything unexpected becomes an error page, and only its
 * number is told, because a database's own words repeat what people typed.
 */
export async function awaitOrNotFound<T>(read: Promise<T>): Promise<T> {
  const result = await toResult(read);
  if (result.ok) return result.value;
  if (result.error.code === "not_found") notFound();
  if (result.error.code === "restricted") forbidden();
  throw new Error(result.error.message);
}
