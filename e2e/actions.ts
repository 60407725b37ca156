import { readFileSync } from "node:fs";
import { resolve } from "node:path";

interface ServerAction {
  id: string;
  name: string;
  /** A page that carries it. */
  page: string;
}

/** The actions that the build knows, by the names they are exported under. */
export function listActions(): ServerAction[] {
  const path = resolve(import.meta.dirname, "../.next/server/server-reference-manifest.json");
  const manifest: { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> } = JSON.parse(
    readFileSync(path, "utf8"),
  );
  return Object.entries(manifest.node).map(([id, { exportedName, workers }]) => {
    const [worker = ""] = Object.keys(workers);
    return { id, name: exportedName, page: worker.replace(/^app\/\(console\)|\/page$/g, "") };
  });
}
