import { runCommand } from "#scripts/command.ts";
import { loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

/** `npm run erasure:replay`: after a restore from a backup, does again what the journal says was erased since. */
await runCommand(async () => {
  loadDotEnv();
  generateClient();
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { replayErasures } = await import("#lib/privacy/replay/replay.ts");
  try {
    const { erased, absent, unproved } = await replayErasures();
    console.log(`Erased again: ${erased}. Not in the backup: ${absent}. Not proved: ${unproved}.`);
    console.log(
      unproved === 0 ? "The database takes new things in again." : "It takes nothing in before all are proved.",
    );
    return unproved === 0 ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
