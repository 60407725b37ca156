import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma/schema",
  "public",
  "next.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/** Generates the Prisma client when the schema has changed since. Needs no network: the engine it would fetch is not used. */
export function generateClient(): void {
  runIfChanged(["prisma/schema", "package-lock.json"], "client", () => {
    const { status, stderr } = spawnSync("prisma", ["generate"], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    });
    if (status !== 0) throw new Error(`prisma generate failed:\n${stderr}`);
  });
}

/** Builds the pages when any source has changed since. */
export function buildPages(): void {
  runIfChanged(SOURCES, "build", () => {
    console.log("Building the console …");
    const { status, stdout, stderr } = spawnSync("next", ["build"], { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`The build failed:\n${stdout}\n${stderr}`);
  });
}

/** Beside what was made stands what it was made of: whoever removes the one removes the other. */
const MADE = {
  client: { product: "prisma/client/client.ts", stamp: "prisma/client/made-of" },
  build: { product: ".next/BUILD_ID", stamp: ".next/made-of" },
};

function runIfChanged(sources: string[], name: keyof typeof MADE, make: () => void): void {
  const [product, stamp] = [join(ROOT, MADE[name].product), join(ROOT, MADE[name].stamp)];
  const now = hashSources(sources);
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function hashSources(sources: string[]): string {
  const hash = createHash("sha256");
  const files = sources.flatMap((source) => [source, ...globSync(`${source}/**/*`, { cwd: ROOT })]);
  for (const file of files.sort()) {
    const path = join(ROOT, file);
    if (existsSync(path) && statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest("hex");
}
