import { decode } from "next-auth/jwt";
import { z } from "zod";
import { instanceSecret } from "#lib/auth/secret.ts";
import type { SignIn } from "#lib/auth/sign-in.ts";
import { env } from "#lib/env.ts";

/** Long enough for a working day; after it one signs in again. */
export const SIGN_IN_SECONDS = 12 * 60 * 60;

const tokenSchema = z.object({ sub: z.uuid(), epoch: z.number().int(), exp: z.number() });

/** Served over https, the cookie is marked secure and its name says so. */
export function isSecure(): boolean {
  return env().LETHE_URL?.startsWith("https://") ?? false;
}

export function signInCookieName(): string {
  return isSecure() ? "__Secure-lethe.sign-in" : "lethe.sign-in";
}

interface OpenedToken extends SignIn {
  expiresAt: number;
}

/** Cookies opened lately. Opening one again gives the same; whether the sign-in is still good is asked every time. */
const opened = new Map<string, OpenedToken>();
const MOST_OPENED = 1_000;

/** Reads the sign-in out of its cookie. @returns null when there is none, or it is forged, expired or of another shape. */
export async function readSignIn(cookie: string | undefined): Promise<SignIn | null> {
  if (!cookie) return null;
  const token = opened.get(cookie) ?? (await open(cookie));
  if (!token || token.expiresAt <= Date.now()) return null;
  return { operatorUuid: token.operatorUuid, epoch: token.epoch };
}

async function open(cookie: string): Promise<OpenedToken | null> {
  const decoded = await decode({ token: cookie, secret: instanceSecret() }).catch(() => null);
  const token = tokenSchema.safeParse(decoded);
  if (!token.success) return null;
  const { sub: operatorUuid, epoch, exp } = token.data;
  const known = { operatorUuid, epoch, expiresAt: exp * 1000 };
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(cookie, known);
  return known;
}
