import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { closeDatabase } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { flushRequests } from "#lib/requests/log.ts";
import { openApiDoor } from "#scripts/api-door.ts";

/**
 * One web process: the API answered by its own route files, everything else by Next. `web.ts start` serves the build,
 * `web.ts dev` the sources as they change (the API's as they were at the start).
 */
const { HOST, PORT } = env();
const app = next({ dev: process.argv[2] === "dev", dir: join(import.meta.dirname, ".."), hostname: HOST, port: PORT });
await app.prepare();
const pages = app.getRequestHandler();
const api = await openApiDoor();

const server = createServer((request, response) => {
  if (!api(request, response)) void pages(request, response);
});
server.keepAliveTimeout = 65_000;
server.on("upgrade", app.getUpgradeHandler());
server.listen(PORT, HOST);

process.once("SIGTERM", async () => {
  server.close();
  server.closeIdleConnections();
  await flushRequests();
  await closeDatabase();
  process.exit(0);
});
