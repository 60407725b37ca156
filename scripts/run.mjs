// The one entry of every npm command. Runs on any Node from 20.19: installs what the lock file names if that has not
// happened, then hands over to the pinned Node and the command's own file.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const COMMANDS = [
  "start",
  "dev",
  "test",
  "check",
  "import",
  "bench",
  "worker",
  "eval",
  "train",
  "erasure-replay",
  "audit-verify",
  "residue",
  "backup",
  "restore",
];

const [command, ...rest] = process.argv.slice(2);
if (!COMMANDS.includes(command)) {
  console.error(`Known commands: ${COMMANDS.join(", ")}.`);
  process.exit(2);
}
installIfNeeded();
handOver();

function installIfNeeded() {
  const stamp = join(root, "node_modules/.lethe-installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  // Not `npm ci`: it refuses a lock file that leaves out another platform's optional binaries. The versions are the lock's.
  console.log("Installing what package-lock.json names (once) …");
  const options = { cwd: root, stdio: "inherit", shell: process.platform === "win32" };
  const { status } = spawnSync(
    "npm",
    ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    options,
  );
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}

function handOver() {
  const bin = join(root, "node_modules/.bin");
  const node = join(root, "node_modules/node/bin/node");
  const file = join(root, `scripts/${command}.ts`);
  const child = spawn(
    existsSync(node) ? node : process.execPath,
    ["--disable-warning=ExperimentalWarning", file, ...rest],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        PATH: `${bin}:${process.env.PATH}`,
        NEXT_TELEMETRY_DISABLED: "1",
        LETHE_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
      },
    },
  );
  // The command decides itself when it ends, so a second signal has no effect.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
