import { listPublicKeys } from "#lib/keys/register.ts";

export const dynamic = "force-dynamic";

/** The public keys that receipts were ever signed with, for anybody (RFC 7517). */
export async function GET(): Promise<Response> {
  const keys = (await listPublicKeys()).map((key) => ({ ...key, use: "sig", alg: "EdDSA" }));
  return Response.json({ keys }, { headers: { "cache-control": "public, max-age=300" } });
}
