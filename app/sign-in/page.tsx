import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInScreen } from "#app/sign-in/sign-in-screen.tsx";
import { readPageActor } from "#lib/page.ts";
import { getSignInWays } from "#lib/sign-in/options.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await readPageActor()) redirect("/users");
  return <SignInScreen oidc={getSignInWays().oidc} />;
}
