"use client";

import { keepPreviousData, QueryClient, useQuery } from "@tanstack/react-query";
import { use, useEffect, useMemo, useState } from "react";
import type { Initial } from "#components/data-table/initial.ts";
import { filterQuery, rowQuery, type TableState } from "#components/data-table/use-view.ts";
import { ReadError, readJson } from "#components/ui/read-json.ts";
import type { Result } from "#lib/errors.ts";

/**
 * The rows of the view that the URL names. The first ones come with the page; every other page is fetched as JSON and
 * kept while the table is open, so that Back is immediate. Personal data stays in memory and is gone with the table.
 */
export function useRows<Row>(path: string, state: TableState, initial: Initial) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: worthRetrying } } }),
  );
  const [firstQuery, setFirstQuery] = useState(() => ({
    initial,
    rows: rowQuery(state),
    filters: filterQuery(state.filters),
  }));
  if (firstQuery.initial !== initial) {
    setFirstQuery({ initial, rows: rowQuery(state), filters: filterQuery(state.filters) });
  }
  // What failed on the server is asked for again from here, and tells the reason in words.
  const initialTotal = orUndefined(useAnswer(initial.total));
  const text = orUndefined(useAnswer(initial.rows));
  const initialRows = useMemo((): Row[] | undefined => text && JSON.parse(text), [text]);
  useEffect(() => {
    client.setQueryData(["rows", firstQuery.rows], initialRows);
    client.setQueryData(["total", firstQuery.filters], initialTotal);
    void client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[1] !== firstQuery.rows && queryKey[1] !== firstQuery.filters,
    });
  }, [client, firstQuery, initialRows, initialTotal]);

  const query = rowQuery(state);
  const filters = filterQuery(state.filters);
  const fetchRows = (search: string) => ({
    queryKey: ["rows", search],
    queryFn: ({ signal }: { signal: AbortSignal }) => readJson<Row[]>(`${path}/rows?${search}`, { signal }),
    staleTime: 5_000,
  });
  const rows = useQuery(
    {
      ...fetchRows(query),
      placeholderData: keepPreviousData,
      initialData: query === firstQuery.rows ? initialRows : undefined,
    },
    client,
  );
  const total = useQuery(
    {
      queryKey: ["total", filters],
      queryFn: ({ signal }) => readJson<number>(`${path}/total?${filters}`, { signal }),
      staleTime: 5_000,
      placeholderData: keepPreviousData,
      initialData: filters === firstQuery.filters ? initialTotal : undefined,
    },
    client,
  );
  // A page that cannot be read leaves the one before it on screen.
  const [lastRows, setLastRows] = useState<Row[]>([]);
  if (rows.data && rows.data !== lastRows) setLastRows(rows.data);
  const shownRows = rows.data ?? lastRows;
  return {
    rows: shownRows,
    total: total.isPlaceholderData ? undefined : total.data,
    waiting: rows.isPending || rows.isPlaceholderData,
    error: rows.error ?? total.error,
    retry: () => void Promise.all([rows.refetch(), total.refetch()]),
    prefetch: (page: number) =>
      void client.prefetchQuery(fetchRows(rowQuery({ ...state, layout: { ...state.layout, page } }))),
  };
}

/** Trying again helps when nobody answered, not when the answer was no. */
function worthRetrying(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ReadError && (error.status === 0 || error.status >= 500);
}

/** An answer that is there, or that is waited for. */
function useAnswer<T>(answer: T | Promise<T>): T {
  return answer instanceof Promise ? use(answer) : answer;
}

function orUndefined<T>(result: Result<T>): T | undefined {
  return result.ok ? result.value : undefined;
}
