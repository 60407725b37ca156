import { runCommand } from "#scripts/command.ts";
import { loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

/** `npm run worker`: works off episodes beside the web process, on the same database, until a signal ends it. */
await runCommand(async () => {
  loadDotEnv();
  generateClient();
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { startWorker } = await import("#lib/jobs/worker.ts");
  const worker = await startWorker();
  console.log("Working off episodes. Ctrl-C stops after what is being worked on.");
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done());
  });
  await worker.stop();
  await closeDatabase();
  await database.stop();
  return 0;
});
