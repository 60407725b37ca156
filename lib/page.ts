import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { currentActor } from "#lib/action.ts";
import { recordRefusal } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { can, PAGES } from "#lib/auth/permissions.ts";
import { AppError } from "#lib/errors.ts";

/** Who signed in, asked once per page however many parts of it want to know. */
export const pageActor = cache(currentActor);

/** A page's first line. Strangers are sent to sign in; a role without the page's permission gets 403, and it is recorded. */
export async function gate(page: keyof typeof PAGES): Promise<Actor> {
  const actor = await pageActor();
  if (!actor) redirect("/sign-in");
  if (!can(actor, PAGES[page])) {
    await recordRefusal(actor, PAGES[page]);
    forbidden();
  }
  return actor;
}

/** Awaits a read that may find nothing, which is a 404 page. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
