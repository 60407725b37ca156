import { runChecks } from "#scripts/checks.ts";
import { runCommand } from "#scripts/command.ts";
import { generateClient } from "#scripts/prepare.ts";

await runCommand(async () => {
  generateClient();
  const { passed, failed } = runChecks();
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
