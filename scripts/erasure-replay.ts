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
    const { erased, absent, held, unproved } = await replayErasures();
    console.log(`Erased again: ${erased}. Not in the backup: ${absent}. Held: ${held}. Not proved: ${unproved}.`);
    const done = unproved + held === 0;
    console.log(
      done ? "The database takes new things in again." : "It takes nothing in before all are erased and proved.",
    );
    return done ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
