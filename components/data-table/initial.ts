import { setTimeout as pause } from "node:timers/promises";
import { type Result, settled } from "#lib/errors.ts";

/**
 * What the page rendered with: the answers, where both were there in time, and otherwise the promises of them. Rows are one
 * text: hundreds of values cost more to send.
 */
export type Initial = Answers | { [part in keyof Answers]: Promise<Answers[part]> };

interface Answers {
  rows: Result<string>;
  total: Result<number>;
}

/** How long a page waits for its rows. One that has them from the start is made in one go; slower ones follow it. */
const PATIENCE_MS = 100;

export async function initialOf(rows: Promise<unknown[]>, total: Promise<number>): Promise<Initial> {
  const promised = { rows: settled(rows.then((read) => JSON.stringify(read))), total: settled(total) };
  const both = Promise.all([promised.rows, promised.total]);
  const inTime = await Promise.race([both, pause(PATIENCE_MS, null)]);
  return inTime ? { rows: inTime[0], total: inTime[1] } : promised;
}
