import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInScreen } from "#app/sign-in/sign-in-screen.tsx";
import { signInWays } from "#lib/auth/options.ts";
import { pageActor } from "#lib/page.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await pageActor()) redirect("/users");
  return <SignInScreen oidc={signInWays().oidc} />;
}
