import type { Store } from "#lib/db/stored-tables.ts";

/** What applications sign their calls with. */
export const API_KEY_STORE: Store = [
  { name: "api_keys", title: "API keys", columns: { words: ["name"], ours: ["prefix", "hash", "scopes"] } },
];
