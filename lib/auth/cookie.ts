import { decode } from "next-auth/jwt";
import { z } from "zod";
import { instanceSecret } from "#lib/auth/secret.ts";
import type { SignIn } from "#lib/auth/sign-in.ts";
import { env } from "#lib/env.ts";

/** Long enough for a working day; after it one signs in again. */
export const SIGN_IN_SECONDS = 12 * 60 * 60;

const tokenSchema = z.object({ sub: z.uuid(), epoch: z.number().int() });

/** Served over https, the cookie is marked secure and its name says so. */
export function isSecure(): boolean {
  return env().LETHE_URL?.startsWith("https://") ?? false;
}

export function signInCookieName(): string {
  return isSecure() ? "__Secure-lethe.sign-in" : "lethe.sign-in";
}

/** Reads the sign-in out of its cookie. @returns null when there is none, or it is forged, expired or of another shape. */
export async function readSignIn(cookie: string | undefined): Promise<SignIn | null> {
  if (!cookie) return null;
  try {
    const token = tokenSchema.safeParse(await decode({ token: cookie, secret: instanceSecret() }));
    return token.success ? { operatorUuid: token.data.sub, epoch: token.data.epoch } : null;
  } catch {
    return null;
  }
}
