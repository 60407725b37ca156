import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { closeDatabase } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { flushRequests } from "#lib/request-log/log.ts";
import { openApiHandler } from "#scripts/api-handler.ts";
import { keepThreadRunning } from "#scripts/kept-thread.ts";
import { setSecurityHeaders } from "#scripts/security-headers.ts";

/**
 * One web process: the API answered by its own route files, everything else by Next. `web.ts start` serves the build,
 * `web.ts dev` the sources as they change (the API's as they were at the start).
 */
const { HOST, PORT, LETHE_WORKERS } = env();
const app = next({ dev: process.argv[2] === "dev", dir: join(import.meta.dirname, ".."), hostname: HOST, port: PORT });
await app.prepare();
const pages = app.getRequestHandler();
const api = await openApiHandler();

const server = createServer((request, response) => {
  setSecurityHeaders(request, response);
  if (!api(request, response)) void pages(request, response);
});
server.keepAliveTimeout = 65_000;
server.on("upgrade", app.getUpgradeHandler());
// Another process may have taken the port since it was found free.
server.once("error", (error) => {
  console.error(`Nothing can listen on ${HOST}:${PORT} (${"code" in error ? error.code : error.name}).`);
  process.exit(1);
});
server.listen(PORT, HOST, () => process.send?.("listening"));
const worker = LETHE_WORKERS > 0 ? keepThreadRunning(new URL("./worker-thread.ts", import.meta.url)) : null;

process.once("SIGTERM", async () => {
  server.close();
  server.closeIdleConnections();
  await Promise.all([flushRequests(), worker?.stop()]);
  await closeDatabase();
  process.exit(0);
});
