import type { Store } from "#lib/db/stored-tables.ts";

/** What was said, by whomever, in a person's conversations. */
export const MESSAGE_STORE: Store = [
  {
    name: "messages",
    title: "Messages",
    owner: "user_uuid",
    columns: { words: ["role", "content", "metadata"] },
  },
];
