import { randomBytes } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { type CookieJar, getCookieOptions, isServedSecurely } from "#lib/auth/cookie.ts";
import { normaliseEmail } from "#lib/auth/email.ts";
import { getInstanceSecret, makePseudonym } from "#lib/auth/secret.ts";

/** Renewed by every sign-in; a browser that was away for longer is a stranger again. */
const KNOWN_SECONDS = 180 * 24 * 60 * 60;

/** Keeps this cookie and the sign-in's apart, though both are sealed with the instance's secret. */
const SALT = "lethe known browser";

const tokenSchema = z.object({ address: z.string(), browser: z.string() });

/** Marks a browser after a successful sign-in at an address, so that failed attempts by strangers do not slow it down. */
export async function rememberBrowser(jar: CookieJar, email: string): Promise<void> {
  const token = { address: maskAddress(email), browser: randomBytes(16).toString("base64url") };
  const value = await encode({ token, secret: getInstanceSecret(), maxAge: KNOWN_SECONDS, salt: SALT });
  jar.set(getCookieName(), value, { ...getCookieOptions(), maxAge: KNOWN_SECONDS });
}

/** Which browser this is. @returns null for one that has no good mark, or has one for another address. */
export async function readKnownBrowser(jar: CookieJar, email: string): Promise<string | null> {
  const value = jar.get(getCookieName())?.value;
  if (!value) return null;
  const decoded = await decode({ token: value, secret: getInstanceSecret(), salt: SALT }).catch(() => null);
  const token = tokenSchema.safeParse(decoded);
  return token.success && token.data.address === maskAddress(email) ? token.data.browser : null;
}

function getCookieName(): string {
  return isServedSecurely() ? "__Secure-lethe.browser" : "lethe.browser";
}

function maskAddress(email: string): string {
  return makePseudonym("known browser", normaliseEmail(email));
}
