import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { getSignInOptions } from "#lib/sign-in/options.ts";

async function handleSignIn(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(getSignInOptions(await cookies()))(request, context);
}

export const GET = handleSignIn;
export const POST = handleSignIn;
