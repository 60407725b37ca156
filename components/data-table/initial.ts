import { setTimeout as pause } from "node:timers/promises";
import type { SearchParams } from "nuqs/server";
import type { TableView } from "#components/data-table/view.ts";
import { type Result, toResult } from "#lib/errors.ts";

/**
 * What the page was rendered with: the answers if both came in time, otherwise their promises. Rows are sent as one JSON
 * text, because sending hundreds of separate values costs more.
 */
export type Initial = {
  /** The queries that these answer. The address may have changed since, as when Back shows a page that was kept. */
  queries: { rows: string; filters: string };
} & (Answers | { [part in keyof Answers]: Promise<Answers[part]> });

interface Answers {
  rows: Result<string>;
  total: Result<number>;
}

/** How long a page waits for its rows. If they come in time the page is sent whole; otherwise they follow it. */
const PATIENCE_MS = 100;

/** Reads a table's first rows and their number, as the URL asks for them. */
export async function loadInitial(
  view: Pick<TableView, "loadQueries">,
  params: SearchParams,
  rows: Promise<unknown[]>,
  total: Promise<number>,
): Promise<Initial> {
  const queries = view.loadQueries(params);
  const promised = { rows: toResult(rows.then((read) => JSON.stringify(read))), total: toResult(total) };
  const both = Promise.all([promised.rows, promised.total]);
  const inTime = await Promise.race([both, pause(PATIENCE_MS, null)]);
  return inTime ? { queries, rows: inTime[0], total: inTime[1] } : { queries, ...promised };
}
