import type { Metadata } from "next";
import { SignInScreen } from "#app/sign-in/sign-in-screen.tsx";
import { signInWays } from "#lib/sign-in/options.ts";

export const metadata: Metadata = { title: "Sign in" };

/** In the place of a page whose reader has not signed in; after signing in, the address shows what it names. */
export default function Unauthorized() {
  return <SignInScreen oidc={signInWays().oidc} />;
}
