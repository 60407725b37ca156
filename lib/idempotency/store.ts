import type { Store } from "#lib/db/stored-tables.ts";

/** Keyed hashes of calls whose answer was lost, for two minutes. */
export const IDEMPOTENCY_STORE: Store = [
  { name: "lost_answers", title: "Calls that will be repeated", columns: { ours: ["digest"] } },
];
