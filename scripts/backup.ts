import { resolve } from "node:path";
import { backUpEmbedded } from "#lib/db/embedded-backup.ts";
import { env, getOwnerUrl } from "#lib/env.ts";
import { runCommand } from "#scripts/command.ts";
import { getDataDirectory, loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

/** `npm run backup -- DIRECTORY`: copies the embedded database, also while it is used. */
await runCommand(async () => {
  const [to] = process.argv.slice(2);
  loadDotEnv();
  if (env().DATABASE_URL) return refuseElsewhere();
  if (!to) {
    console.error("Say where to: npm run backup -- DIRECTORY");
    return 2;
  }
  generateClient();
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const place = resolve(process.env.LETHE_CALLED_FROM ?? ".", to);
  try {
    await backUpEmbedded(getOwnerUrl(), getDataDirectory(), place);
    console.log(`Copied to ${place}. The keys and the journal of erasures are not in it: keep them elsewhere.`);
    return 0;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});

function refuseElsewhere(): number {
  console.error("DATABASE_URL names a database of yours: back it up with its own tools (pg_dump, snapshots).");
  console.error("After a restore, `npm run erasure:replay` does again what was erased since.");
  return 2;
}
