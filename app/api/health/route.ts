import { checkDatabase } from "#lib/db/health.ts";

/** 200 once the pages answer and the database is reachable and migrated; 503 until then. */
export async function GET(): Promise<Response> {
  const healthy = await checkDatabase().then(
    () => true,
    () => false,
  );
  return Response.json({ status: healthy ? "ok" : "unavailable" }, { status: healthy ? 200 : 503 });
}
