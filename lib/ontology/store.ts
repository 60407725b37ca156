import type { Store } from "#lib/db/stored-tables.ts";

/** The kinds of nodes and facts that an application has named. */
export const ONTOLOGY_STORE: Store = [
  { name: "ontologies", title: "Kinds of things", columns: { words: ["entity_types", "edge_types"] } },
];
