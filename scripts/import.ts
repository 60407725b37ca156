import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { env } from "#lib/env.ts";
import { runCommand } from "#scripts/command.ts";
import { loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

const USAGE = `npm run import -- FILE [FILE …] [--project NAME]

Loads users, sessions and messages: FILE.jsonl has one JSON object a line, FILE.zip is a copy of somebody's data. Run it again after an interruption, or when the file has
grown: what is stored already is left as it is. Lines that cannot be stored are reported and leave no trace.`;

const NEXT =
  "Next: npm start, or reload the console where it runs. What was said becomes facts there within moments; each person’s page says how far it is.";

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: "string", default: "default" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help || positionals.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  loadDotEnv();
  const from = process.env.LETHE_CALLED_FROM ?? process.cwd();
  const files = positionals.map((file) => resolve(from, file));
  for (const file of files) statSync(file);
  generateClient();

  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const isEmbedded = env().DATABASE_URL === undefined;
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { Actor } = await import("#lib/auth/actor.ts");
  const { ensureProjects } = await import("#lib/projects/first-run.ts");
  const { getProject } = await import("#lib/projects/queries.ts");
  const { importFile } = await import("#scripts/import-file.ts");
  try {
    await ensureProjects();
    const actor = await Actor.ofCommandLine(values.project);
    const project = await getProject(actor);
    console.log(`Importing into the project “${project.name}” of ${getInstanceName(isEmbedded)}.`);
    let refused = 0;
    for (const file of files) {
      if (!stop.signal.aborted) refused += await importFile(file, actor, stop.signal);
    }
    if (!stop.signal.aborted) console.log(NEXT);
    if (stop.signal.aborted) console.log(`Stopped. Run it again to go on with ${basename(files.at(-1) ?? "")}.`);
    return refused === 0 && !stop.signal.aborted ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});

/** Which database was written to, without its password: a mix-up is told before anything is stored. */
function getInstanceName(isEmbedded: boolean): string {
  const { LETHE_DATA_DIR } = env();
  if (isEmbedded) return `the instance in ${resolve(import.meta.dirname, "..", LETHE_DATA_DIR)}`;
  const { host, pathname } = new URL(env().DATABASE_URL ?? "");
  return `the instance at ${host}${pathname}`;
}
