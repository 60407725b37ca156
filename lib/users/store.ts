import type { Store } from "#lib/db/stored-tables.ts";

/** The record of a person, as the application gave it. */
export const USER_STORE: Store = [
  {
    name: "users",
    title: "The record itself",
    owner: "uuid",
    columns: {
      id: ["user_id", "email"],
      words: ["first_name", "last_name", "metadata", "fact_rating_instruction"],
      ours: ["time_zone"],
    },
  },
];
