import type { Store } from "#lib/db/stored-tables.ts";

/** That a call was made, and how it went: patterns of addresses, no ids, no contents. */
export const REQUEST_STORE: Store = [
  { name: "api_requests", title: "Lines of the request log", columns: { ours: ["method", "route"] } },
  { name: "rate_limits", title: "Calls of each key in this minute", columns: { ours: ["key"] } },
];
