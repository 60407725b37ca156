import { runCommand } from "#scripts/command.ts";
import { loadDotEnv } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

await runCommand(async () => {
  loadDotEnv();
  generateClient();
  const { serve } = await import("#scripts/serve.ts");
  return serve("dev");
});
