/** Who drew a fact from what was said. */
export const EXTRACTORS = ["rules", "model", "stated"] as const;
export type FactExtractor = (typeof EXTRACTORS)[number];
