import { runCommand } from "#scripts/command.ts";
import { openDatabase } from "#scripts/database.ts";
import { buildPages, generateClient } from "#scripts/prepare.ts";

/** `npm run bench -- users|api [ROUNDS]`, on a database of its own under `.data/bench` unless DATABASE_URL names one. */
await runCommand(async () => {
  const [what = "", rounds = "3"] = process.argv.slice(2);
  if (what !== "users" && what !== "api") {
    console.error("Known benchmarks: users, api.");
    return 2;
  }
  generateClient();
  buildPages();
  process.env.LETHE_DATA_DIR ||= ".data/bench";
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { benchApi } = await import("#bench/api.ts");
  const { benchUsers } = await import("#bench/users.ts");
  try {
    return await (what === "api" ? benchApi : benchUsers)(Number(rounds));
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
