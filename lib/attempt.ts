import { recordRefusal } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { AppError, type Result, toFailure } from "#lib/errors.ts";

export interface Attempt<T> {
  /** Who tried; null for a stranger. */
  actor: Actor | null;
  result: Result<T>;
}

/**
 * Runs what somebody asks for, the same way under every transport: who acts, the work itself, and what became of it as a
 * value. What their role or scopes do not allow is written to the audit trail. Never throws.
 * @param who finds the actor; a stranger gets the failure `unauthenticated`.
 */
export async function runAttempt<T>(
  who: () => Promise<Actor | null>,
  work: (actor: Actor) => Promise<T> | T,
): Promise<Attempt<T>> {
  let actor: Actor | null = null;
  try {
    actor = await who();
    if (!actor) throw new AppError("unauthenticated", "Your sign-in has ended. Sign in again; nothing was changed.");
    return { actor, result: { ok: true, value: await work(actor) } };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== "forbidden" || !actor) return { actor, result: { ok: false, error: failure } };
    // Somebody who has yet to choose a password is not refused: they are asked for that first.
    if (actor.passwordIsTemporary) return { actor, result: { ok: false, error: CHOOSE_A_PASSWORD } };
    await recordRefusal(actor, failure.fields.permission ?? "unknown");
    return { actor, result: { ok: false, error: failure } };
  }
}

const CHOOSE_A_PASSWORD = {
  code: "password_temporary" as const,
  message: "Choose a password of your own first; nothing was changed.",
  fields: {},
};
