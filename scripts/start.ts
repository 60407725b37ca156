import { runCommand } from "#scripts/command.ts";
import { loadDotEnv } from "#scripts/database.ts";
import { buildPages, generateClient } from "#scripts/prepare.ts";

await runCommand(async () => {
  loadDotEnv();
  generateClient();
  buildPages();
  const { serveProduct } = await import("#scripts/serve.ts");
  return serveProduct("start");
});
