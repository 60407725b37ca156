import { decode } from "next-auth/jwt";
import { z } from "zod";
import { getInstanceSecret } from "#lib/auth/secret.ts";
import { env } from "#lib/env.ts";

const tokenSchema = z.object({ sub: z.uuid(), exp: z.number() });

/** The cookies of one request and its answer. */
export interface CookieJar {
  get(name: string): { value: string } | undefined;
  set(name: string, value: string, options: object): unknown;
}

/** Served over https, the cookie is marked secure and its name says so. */
export function isServedSecurely(): boolean {
  return env().LETHE_URL?.startsWith("https://") ?? false;
}

/** How every cookie of ours that signs in or recognises is sent: never to scripts, never with another site's posts. */
export function getCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isServedSecurely() } as const;
}

export function getSignInCookieName(): string {
  return isServedSecurely() ? "__Secure-lethe.sign-in" : "lethe.sign-in";
}

interface OpenedToken {
  signInUuid: string;
  expiresAt: number;
}

/**
 * Cookies decoded recently. Decoding one again gives the same result; whether the sign-in is still valid is checked on every
 * request.
 */
const opened = new Map<string, OpenedToken>();
const MOST_OPENED = 1_000;

/** Reads which sign-in a cookie names. @returns its uuid, or null when there is none, or it is forged, expired or of another shape. */
export async function readSignIn(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const token = opened.get(cookie) ?? (await openCookie(cookie));
  if (!token || token.expiresAt <= Date.now()) return null;
  return token.signInUuid;
}

async function openCookie(cookie: string): Promise<OpenedToken | null> {
  const decoded = await decode({ token: cookie, secret: getInstanceSecret() }).catch(() => null);
  const token = tokenSchema.safeParse(decoded);
  if (!token.success) return null;
  const known = { signInUuid: token.data.sub, expiresAt: token.data.exp * 1000 };
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(cookie, known);
  return known;
}
