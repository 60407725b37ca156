import type { Store } from "#lib/db/stored-tables.ts";

/** What calls of a language model cost. */
export const MODEL_STORE: Store = [
  { name: "model_calls", title: "Calls of a model", columns: { ours: ["model", "purpose", "outcome"] } },
];
