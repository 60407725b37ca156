/** What became of a sentence: read, or why not. */
export type Verdict = "read" | "others" | "withheld" | "unmeant" | "foreign" | "machine";

/** How a sentence was read. */
export interface SentenceTrace {
  words: string;
  verdict: Verdict;
  /** What is known by it, in sentences. */
  facts: string[];
  /** Relations that it speaks of without stating them. */
  refused: string[];
  isQuoted: boolean;
}
