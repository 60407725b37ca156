/** Whose words are searched. */
export const SPEAKERS = ["all", "people", "assistants"] as const;

export const LONGEST_SEARCH = 300;
