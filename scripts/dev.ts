import { runCommand } from "#scripts/command.ts";
import { loadDotEnv } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

await runCommand(async () => {
  loadDotEnv();
  generateClient();
  const { serveProduct } = await import("#scripts/serve.ts");
  return serveProduct("dev");
});
