import type { Metadata } from "next";
import { SignInScreen } from "#app/sign-in/sign-in-screen.tsx";
import { getSignInWays } from "#lib/sign-in/options.ts";

export const metadata: Metadata = { title: "Sign in" };

/** Shown in place of a page when nobody has signed in. After signing in, the same URL shows the page. */
export default function Unauthorized() {
  return <SignInScreen oidc={getSignInWays().oidc} />;
}
