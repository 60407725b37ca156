import { setTimeout as pause } from "node:timers/promises";
import { type Result, settled } from "#lib/errors.ts";

/** What the page rendered with. Rows are one text: hundreds of values cost more to send. */
export interface Initial {
  rows: Promise<Result<string>>;
  total: Promise<Result<number>>;
}

/** How long a page waits for its rows. One that has them from the start is made in one go; slower ones follow it. */
const PATIENCE_MS = 100;

export async function initialOf(rows: Promise<unknown[]>, total: Promise<number>): Promise<Initial> {
  const initial = { rows: settled(rows.then((read) => JSON.stringify(read))), total: settled(total) };
  await Promise.race([Promise.all([initial.rows, initial.total]), pause(PATIENCE_MS)]);
  return initial;
}
