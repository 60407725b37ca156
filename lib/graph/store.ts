import type { Store } from "#lib/db/stored-tables.ts";

/** What is remembered of a person or in a group. A person's graph bears the person's uuid. */
export const GRAPH_STORE: Store = [
  {
    name: "embeddings",
    title: "Vectors of texts",
    owner: "graph_uuid",
    columns: { ours: ["model"], derived: ["vector", "sketch"] },
  },
  { name: "summaries", title: "Versions of the summary", owner: "graph_uuid", columns: { words: ["sentences"] } },
  { name: "node_places", title: "Places in the picture", owner: "graph_uuid", columns: {} },
  { name: "node_merges", title: "Merges by hand", owner: "graph_uuid", columns: { words: ["before"] } },
  { name: "retractions", title: "Retractions", owner: "graph_uuid", columns: {} },
  {
    name: "claims",
    title: "Claims behind facts",
    owner: "graph_uuid",
    columns: { words: ["name", "fact", "attributes"], derived: ["slot"] },
  },
  { name: "node_episodes", title: "Mentions of nodes", owner: "graph_uuid", columns: {} },
  { name: "node_names", title: "Names of nodes", owner: "graph_uuid", columns: { words: ["key"] } },
  {
    name: "edges",
    title: "Facts",
    owner: "graph_uuid",
    columns: { words: ["name", "fact", "template", "attributes"], derived: ["slot", "terms"] },
  },
  {
    name: "nodes",
    title: "Nodes, the person's own included",
    owner: "graph_uuid",
    columns: { words: ["name", "labels", "summary", "attributes"] },
  },
  {
    name: "episodes",
    title: "Episodes of the memory graph",
    owner: "graph_uuid",
    columns: {
      words: ["content", "source_description", "metadata", "role"],
      ours: ["failure", "unread_language"],
      derived: ["terms"],
    },
  },
  {
    name: "graphs",
    title: "The graph itself",
    owner: "uuid",
    columns: { id: ["group_id"], words: ["name", "description", "fact_rating_instruction"], ours: ["time_zone"] },
  },
];
