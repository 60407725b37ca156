import { setTimeout as pause } from "node:timers/promises";
import type { SearchParams } from "nuqs/server";
import type { TableView } from "#components/data-table/view.ts";
import { type Result, settled } from "#lib/errors.ts";

/**
 * What the page rendered with: the answers, where both came in time, and otherwise the promises of them. Rows are one
 * text: hundreds of values cost more to send.
 */
export type Initial = {
  /** The queries that these answer. The address may have changed since, as when Back shows a page that was kept. */
  queries: { rows: string; filters: string };
} & (Answers | { [part in keyof Answers]: Promise<Answers[part]> });

interface Answers {
  rows: Result<string>;
  total: Result<number>;
}

/** How long a page waits for its rows. One that has them from the start is made in one go; slower ones follow it. */
const PATIENCE_MS = 100;

/** Reads a table's first rows and their number, as the URL asks for them. */
export async function initialOf(
  view: Pick<TableView, "loadQueries">,
  params: SearchParams,
  rows: Promise<unknown[]>,
  total: Promise<number>,
): Promise<Initial> {
  const queries = view.loadQueries(params);
  const promised = { rows: settled(rows.then((read) => JSON.stringify(read))), total: settled(total) };
  const both = Promise.all([promised.rows, promised.total]);
  const inTime = await Promise.race([both, pause(PATIENCE_MS, null)]);
  return inTime ? { queries, rows: inTime[0], total: inTime[1] } : { queries, ...promised };
}
