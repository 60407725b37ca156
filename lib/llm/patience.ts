/** Milliseconds to wait before each further try. */
const PAUSES = [1_000, 4_000];
/** A longer pause than this counts as unavailable. */
const LONGEST_PAUSE = 30_000;

/**
 * How many milliseconds to wait before a request that failed is made again: the server's own wish, where it has one.
 * @param failures how often it had failed before. @returns null when it is not worth another try.
 */
export function getRetryPause(failure: { again: boolean; after: number | null }, failures: number): number | null {
  const own = PAUSES[failures];
  if (!failure.again || own === undefined) return null;
  const pause = failure.after ?? own;
  return pause > LONGEST_PAUSE ? null : pause;
}
