import { runCommand } from "#scripts/command.ts";
import { loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

/** `npm run audit:verify`: walks the audit trail of every project, link by link, and compares it with the checkpoints. */
await runCommand(async () => {
  loadDotEnv();
  generateClient();
  const database = await openDatabase();
  const { closeDatabase, db } = await import("#lib/db/client.ts");
  const { verifyTrail } = await import("#lib/audit/verify.ts");
  try {
    let sound = true;
    for (const { uuid, name } of await db().project.findMany({ orderBy: { createdAt: "asc" } })) {
      const { linked, unlinked, checkpoints, problems } = await verifyTrail(uuid);
      console.log(`${name}: ${linked} events linked, ${unlinked} not yet, ${checkpoints} checkpoints compared.`);
      for (const problem of problems) console.error(`  ${problem}`);
      sound &&= problems.length === 0;
    }
    console.log(sound ? "Every link holds." : "The trail does not hold.");
    return sound ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
