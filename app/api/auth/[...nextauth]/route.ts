import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { getSignInOptions } from "#lib/sign-in/options.ts";
import { isWellFormedSignIn } from "#lib/sign-in/request.ts";

async function handleSignIn(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  const jar = await cookies();
  if (!(await isWellFormedSignIn(request.clone(), jar)))
    return Response.json({ message: "The request does not fit." }, { status: 400 });
  return NextAuth(getSignInOptions(jar))(request, context);
}

export const GET = handleSignIn;
export const POST = handleSignIn;
