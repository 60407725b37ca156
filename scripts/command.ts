import { EnvironmentError } from "#lib/env.ts";

/** Runs a command and ends the process with its exit code; what goes wrong is told in one line where one line will do. */
export async function runCommand(command: () => Promise<number>): Promise<never> {
  try {
    process.exit(await command());
  } catch (error) {
    const expected = error instanceof EnvironmentError || (error instanceof Error && error.name === "AppError");
    console.error(expected || !(error instanceof Error) ? String(error).replace(/^\w*Error: /, "") : error);
    process.exit(1);
  }
}
