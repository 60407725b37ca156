import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { type CookieJar, getCookieOptions, getSignInCookieName, isServedSecurely } from "#lib/auth/cookie.ts";
import { readKnownBrowser, rememberBrowser } from "#lib/auth/known-browser.ts";
import { getInstanceSecret } from "#lib/auth/secret.ts";
import { env } from "#lib/env.ts";
import { toResult } from "#lib/errors.ts";
import { endSignIn, SIGN_IN_SECONDS, signInWithPassword, signInWithVerifiedEmail } from "#lib/sign-in/sign-in.ts";

const credentialsSchema = z.object({ email: z.string().max(320), password: z.string().max(1000) });
const profileSchema = z.object({ sub: z.string(), email: z.string(), email_verified: z.literal(true) });
const admittedSchema = z.object({ id: z.uuid() });
const endedSchema = z.object({ token: z.object({ sub: z.uuid() }) });

/** Which ways of signing in there are beside the password: the provider's name, or null. */
export function getSignInWays(): { oidc: string | null } {
  const { LETHE_OIDC_ISSUER, LETHE_OIDC_NAME } = env();
  return { oidc: LETHE_OIDC_ISSUER ? LETHE_OIDC_NAME : null };
}

/**
 * How operators sign in: with a password, and with an OpenID Connect provider where the environment names one.
 * @param jar the cookies of the request that is being answered.
 */
export function getSignInOptions(jar: CookieJar): NextAuthOptions {
  const providers: NextAuthOptions["providers"] = [makePasswordProvider(jar)];
  const oidc = makeOidcProvider();
  if (oidc) providers.push(oidc);
  return {
    secret: getInstanceSecret(),
    providers,
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    session: { strategy: "jwt", maxAge: SIGN_IN_SECONDS },
    useSecureCookies: isServedSecurely(),
    cookies: {
      sessionToken: {
        name: getSignInCookieName(),
        options: getCookieOptions(),
      },
    },
    callbacks: {
      // The cookie names a sign-in; everything else is read afresh on every request.
      jwt: ({ token, user }) => {
        const admitted = admittedSchema.safeParse(user);
        return admitted.success ? { sub: admitted.data.id } : token;
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async (message) => {
        const ended = endedSchema.safeParse(message);
        if (ended.success) await endSignIn(ended.data.token.sub);
      },
    },
    logger: { error: (code) => console.error(`sign-in: ${code}`), warn: () => undefined, debug: () => undefined },
  };
}

function makePasswordProvider(jar: CookieJar) {
  return CredentialsProvider({
    credentials: { email: {}, password: {} },
    async authorize(input) {
      const credentials = credentialsSchema.safeParse(input);
      if (!credentials.success) return null;
      const { email, password } = credentials.data;
      const knownBrowser = await readKnownBrowser(jar, email);
      const signIn = await toResult(signInWithPassword({ email, password, knownBrowser }));
      // What is thrown here ends up in the answer's URL, so only words made for the person may be.
      if (!signIn.ok) throw new Error(signIn.error.message);
      if (signIn.value === null) return null;
      await rememberBrowser(jar, email);
      return { id: signIn.value };
    },
  });
}

function makeOidcProvider(): NextAuthOptions["providers"][number] | undefined {
  const { LETHE_OIDC_ISSUER, LETHE_OIDC_CLIENT_ID, LETHE_OIDC_CLIENT_SECRET, LETHE_OIDC_NAME } = env();
  if (!LETHE_OIDC_ISSUER) return undefined;
  return {
    id: "oidc",
    name: LETHE_OIDC_NAME,
    type: "oauth",
    wellKnown: `${LETHE_OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: LETHE_OIDC_CLIENT_ID,
    clientSecret: LETHE_OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state"],
    async profile(claims: unknown) {
      const profile = profileSchema.safeParse(claims);
      const signIn = profile.success ? await signInWithVerifiedEmail(profile.data.email) : null;
      if (!signIn) throw new Error("no operator has this address");
      return { id: signIn };
    },
  };
}
