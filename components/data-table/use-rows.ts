import { keepPreviousData, QueryClient, useQuery } from "@tanstack/react-query";
import { use, useEffect, useMemo, useState } from "react";
import type { Initial } from "#components/data-table/initial.ts";
import type { TableState } from "#components/data-table/use-view.ts";
import { buildRowQuery } from "#components/data-table/view.ts";
import { ReadError, readJson } from "#components/ui/read-json.ts";
import type { Result } from "#lib/errors.ts";

/** For how long an answer is shown again without asking. */
const FRESH_MS = 5_000;

/**
 * The rows of the view that the URL names. The first ones come with the page; every other page is fetched as JSON and
 * kept while the table is open, so that Back is immediate. Personal data stays in memory and is gone with the table.
 *
 * Everything is kept under the query that it answers: a page that the browser kept for Back was made for the address it
 * had then, and answers nothing else.
 */
export function useRows<Row>(path: string, state: TableState, initial: Initial) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: shouldRetry } } }),
  );
  // What failed on the server is asked for again from here, and tells the reason in words.
  const initialTotal = getValue(useAnswer(initial.total));
  const text = getValue(useAnswer(initial.rows));
  const initialRows = useMemo((): Row[] | undefined => text && JSON.parse(text), [text]);
  const arrivedAt = getArrivalTime(initial);
  useEffect(() => {
    const { rows, filters } = initial.queries;
    client.setQueryData(["rows", rows], initialRows, { updatedAt: arrivedAt });
    client.setQueryData(["total", filters], initialTotal, { updatedAt: arrivedAt });
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== rows && queryKey[1] !== filters });
  }, [client, initial, initialRows, initialTotal, arrivedAt]);

  const { queries } = state;
  const fetchRows = (search: string) => ({
    queryKey: ["rows", search],
    queryFn: ({ signal }: { signal: AbortSignal }) => readJson<Row[]>(`${path}/rows?${search}`, { signal }),
    staleTime: FRESH_MS,
  });
  const rows = useQuery(
    {
      ...fetchRows(queries.rows),
      placeholderData: keepPreviousData,
      initialData: queries.rows === initial.queries.rows ? initialRows : undefined,
      initialDataUpdatedAt: arrivedAt,
    },
    client,
  );
  const total = useQuery(
    {
      queryKey: ["total", queries.filters],
      queryFn: ({ signal }) => readJson<number>(`${path}/total?${queries.filters}`, { signal }),
      staleTime: FRESH_MS,
      initialData: queries.filters === initial.queries.filters ? initialTotal : undefined,
      initialDataUpdatedAt: arrivedAt,
    },
    client,
  );
  return {
    rows: rows.data,
    total: total.data,
    /** What is shown, if anything, are the rows of the view before. */
    waiting: rows.isPending || rows.isPlaceholderData,
    error: rows.error ?? total.error,
    retry: () => void Promise.all([rows.refetch(), total.refetch()]),
    prefetch: (page: number) =>
      void client.prefetchQuery(fetchRows(buildRowQuery({ ...state.layout, page }, state.filters))),
  };
}

/** When this browser first saw a page's answers. One that is shown again by Back is as old as that. */
const ARRIVALS = new WeakMap<Initial, number>();

function getArrivalTime(initial: Initial): number {
  const known = ARRIVALS.get(initial) ?? Date.now();
  ARRIVALS.set(initial, known);
  return known;
}

/** Retrying helps when the server could not be reached, not when it refused. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ReadError && (error.status === 0 || error.status >= 500);
}

/** An answer that is there, or that is waited for. */
function useAnswer<T>(answer: T | Promise<T>): T {
  return answer instanceof Promise ? use(answer) : answer;
}

function getValue<T>(result: Result<T>): T | undefined {
  return result.ok ? result.value : undefined;
}
