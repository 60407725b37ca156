import NextAuth from "next-auth";
import { signInOptions } from "#lib/auth/options.ts";

async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(signInOptions())(request, context);
}

export { handler as GET, handler as POST };
