import { randomBytes } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { type CookieJar, cookieOptions, isSecure } from "#lib/auth/cookie.ts";
import { normaliseEmail } from "#lib/auth/email.ts";
import { instanceSecret, pseudonym } from "#lib/auth/secret.ts";

/** Renewed by every sign-in; a browser that was away for longer is a stranger again. */
const KNOWN_SECONDS = 180 * 24 * 60 * 60;

/** Keeps this cookie and the sign-in's apart, though both are sealed with the instance's secret. */
const SALT = "lethe known browser";

const tokenSchema = z.object({ address: z.string(), browser: z.string() });

/** Marks a browser after somebody signed in at an address, so that strangers who guess there do not hold it up. */
export async function keepKnownBrowser(jar: CookieJar, email: string): Promise<void> {
  const token = { address: addressOf(email), browser: randomBytes(16).toString("base64url") };
  const value = await encode({ token, secret: instanceSecret(), maxAge: KNOWN_SECONDS, salt: SALT });
  jar.set(cookieName(), value, { ...cookieOptions(), maxAge: KNOWN_SECONDS });
}

/** Which browser this is. @returns null for one that has no good mark, or has one for another address. */
export async function readKnownBrowser(jar: CookieJar, email: string): Promise<string | null> {
  const value = jar.get(cookieName())?.value;
  if (!value) return null;
  const decoded = await decode({ token: value, secret: instanceSecret(), salt: SALT }).catch(() => null);
  const token = tokenSchema.safeParse(decoded);
  return token.success && token.data.address === addressOf(email) ? token.data.browser : null;
}

function cookieName(): string {
  return isSecure() ? "__Secure-lethe.browser" : "lethe.browser";
}

function addressOf(email: string): string {
  return pseudonym("known browser", normaliseEmail(email));
}
