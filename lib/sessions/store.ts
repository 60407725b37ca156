import type { Store } from "#lib/db/stored-tables.ts";

/** Conversations, without what was said in them. */
export const SESSION_STORE: Store = [
  {
    name: "sessions",
    title: "Sessions",
    owner: "user_uuid",
    columns: { id: ["session_id"], words: ["metadata", "fact_rating_instruction"] },
  },
];
