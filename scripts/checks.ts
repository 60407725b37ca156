import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

export interface Tally {
  passed: number;
  failed: number;
}

const ROOT = resolve(import.meta.dirname, "..");

/** The checks that need no database: what each promises, and the command that holds it to that. */
const CHECKS: [promise: string, command: string, ...args: string[]][] = [
  ["formatted and linted", "biome", "check", "--error-on-warnings", "."],
  ["types agree", "tsc", "--noEmit"],
  ["nothing unused", "knip"],
  ["little is written twice", "jscpd"],
];

/** Runs the fast checks and says how each went; what a failing one complains about is shown in full. */
export function runChecks(): Tally {
  const tally: Tally = { passed: 0, failed: 0 };
  for (const [promise, command, ...args] of CHECKS) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
    if (status === 0) tally.passed += 1;
    else tally.failed += 1;
    console.log(`${status === 0 ? "✔" : "✖"} ${promise}`);
    if (status !== 0) console.log(stdout, stderr);
  }
  return tally;
}
