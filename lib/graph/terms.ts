/** Who drew a fact from what was said. */
export const EXTRACTORS = ["rules", "model", "stated"] as const;
export type FactExtractor = (typeof EXTRACTORS)[number];

/** What stands in the place of what somebody was called who has been erased; nothing is drawn from it. */
export const REDACTED = "[erased]";
