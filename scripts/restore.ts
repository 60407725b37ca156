import { resolve } from "node:path";
import { restoreEmbedded } from "#lib/db/embedded-backup.ts";
import { env } from "#lib/env.ts";
import { runCommand } from "#scripts/command.ts";
import { getDataDirectory, loadDotEnv } from "#scripts/database.ts";

/** `npm run restore -- DIRECTORY`: puts a backup in the place of the embedded database, which must be stopped. */
await runCommand(async () => {
  const [from] = process.argv.slice(2);
  loadDotEnv();
  if (env().DATABASE_URL) {
    console.error(
      "DATABASE_URL names a database of yours: restore it with its own tools, then `npm run erasure:replay`.",
    );
    return 2;
  }
  if (!from) {
    console.error("Say where from: npm run restore -- DIRECTORY");
    return 2;
  }
  const aside = await restoreEmbedded(getDataDirectory(), resolve(process.env.LETHE_CALLED_FROM ?? ".", from));
  console.log(`Restored. What was there before is in ${aside}: remove it when it is no longer needed.`);
  console.log("If people were erased since the backup, nothing is taken in until `npm run erasure:replay` has run.");
  return 0;
});
