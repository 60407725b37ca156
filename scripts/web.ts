import { createServer } from "node:http";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import next from "next";
import { closeDatabase } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { toFailure } from "#lib/errors.ts";
import { flushRequests } from "#lib/request-log/log.ts";
import { openApiHandler } from "#scripts/api-handler.ts";
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
// Options of this process, such as the one that watches its parent, must not apply to the worker thread.
const worker = LETHE_WORKERS > 0 ? new Worker(new URL("./worker-thread.ts", import.meta.url), { execArgv: [] }) : null;
worker?.on("error", toFailure);
worker?.once("exit", (code) => {
  console.error(`[worker] ended with ${code}`);
  process.exit(1);
});

process.once("SIGTERM", async () => {
  server.close();
  server.closeIdleConnections();
  await Promise.all([flushRequests(), stopWorkerThread(worker)]);
  await closeDatabase();
  process.exit(0);
});

/** Lets the worker finish what it is at. */
async function stopWorkerThread(thread: Worker | null): Promise<void> {
  if (!thread) return;
  thread.removeAllListeners("exit");
  const exit = new Promise((done) => thread.once("exit", done));
  thread.postMessage("stop");
  await exit;
}
