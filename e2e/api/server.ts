import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { createApiKey } from "#lib/api-keys/mutations.ts";
import { Actor } from "#lib/auth/actor.ts";
import { SCOPES } from "#lib/auth/permissions.ts";
import type { Worker } from "#lib/ingestion/every.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { flushRequests } from "#lib/request-log/log.ts";
import { makeOperator } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";
import { openApiHandler } from "#scripts/api-handler.ts";

/**
 * The API on a real database and a real port, as the product serves it, for the test file that calls this.
 * @param works whether what is said is worked off beside it, as in the web process.
 */
export async function openTestApi({ works = false } = {}): Promise<string> {
  const server = createServer();
  // As in the web process: a test that thinks for longer than Node's five seconds would meet a connection that is being closed.
  server.keepAliveTimeout = 65_000;
  let worker: Worker | undefined;
  // Before the database's own end, so that what waits to be written still can be.
  after(async () => {
    await worker?.stop();
    server.closeAllConnections();
    server.close();
    await flushRequests();
  });
  await openTestDatabase();
  if (works) worker = await startWorker();
  const door = await openApiHandler();
  server.on("request", (request, response) => {
    if (!door(request, response)) response.writeHead(404).end("not the API");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = requireAddress(server.address());
  return `http://127.0.0.1:${port}/api/v2`;
}

function requireAddress(address: AddressInfo | string | null): AddressInfo {
  if (!address || typeof address === "string") throw new Error("the server has no port");
  return address;
}

export interface MadeKey {
  key: string;
  actor: Actor;
  projectUuid: string;
}

/** A key of a new project, or of the one given, with the scopes given. */
export async function makeKey(
  scopes: readonly (typeof SCOPES)[number][] = SCOPES,
  projectUuid?: string,
): Promise<MadeKey> {
  const { actor: admin } = await makeOperator("admin", { projectUuid });
  const { key } = await createApiKey(admin, { name: "test", scopes: [...scopes] });
  const actor = await Actor.ofApiKey(key);
  if (!actor) throw new Error("a fresh key must be good");
  return { key, actor, projectUuid: admin.projectUuid };
}
