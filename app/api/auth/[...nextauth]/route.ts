import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { signInOptions } from "#lib/sign-in/options.ts";

async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(signInOptions(await cookies()))(request, context);
}

export const GET = handler;
export const POST = handler;
