import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import type { z } from "zod";
import { runAttempt } from "#lib/attempt.ts";
import { Actor } from "#lib/auth/actor.ts";
import { getSignInCookieName, readSignIn } from "#lib/auth/cookie.ts";
import { AppError, type Result } from "#lib/errors.ts";
import { parse } from "#lib/validation.ts";

/** Who signed in to the console, for pages, actions and the tables' JSON alike. */
export async function readCurrentActor(): Promise<Actor | null> {
  const jar = await cookies();
  const signIn = await readSignIn(jar.get(getSignInCookieName())?.value);
  return signIn === null ? null : Actor.ofSignIn(signIn);
}

interface Settings {
  /** The page that asked is about what is gone afterwards; it tells the outcome itself and is not read anew. */
  keepPage?: boolean;
}

const OTHER_PROJECT =
  "Another project has been opened since this page was shown, so nothing was changed. Reload to see which one you are in.";

/**
 * Makes a server action out of a schema and one call into the core. The caller gets a value in every case: the result, or
 * a failure with a message per field. After success every page reads anew.
 * @returns an action that also takes the project its page was shown for; in any other it refuses to act.
 */
export function defineAction<Input, Output>(
  schema: z.ZodType<Input>,
  run: (actor: Actor, input: Input) => Promise<Output>,
  { keepPage = false }: Settings = {},
) {
  return async (project: string, input: unknown): Promise<Result<Output>> => {
    const { result } = await runAttempt(readCurrentActor, (actor) => {
      if (actor.projectUuid !== project) throw new AppError("conflict", OTHER_PROJECT);
      return run(actor, parse(schema, input, "Some fields need attention."));
    });
    if (result.ok && !keepPage) revalidatePath("/", "layout");
    return result;
  };
}
