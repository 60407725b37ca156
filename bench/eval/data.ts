import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Real conversations and records that nobody here wrote; they stay where they are (see the README there). */
const DATA = resolve(import.meta.dirname, "../../../shared/data");

/** @throws Error when the data does not lie beside this checkout. */
export function findDataFile(...parts: string[]): string {
  const file = join(DATA, ...parts);
  if (!existsSync(file)) throw new Error(`The evaluation needs ${file}.`);
  return file;
}

export function readJsonLines(file: string): unknown[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}
