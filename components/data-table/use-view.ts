"use client";

import { useQueryStates } from "nuqs";
import type { TableView } from "#components/data-table/view.ts";

/**
 * The table's state, which is the URL's. Changing a filter or the order goes back to page 1.
 * @param fixed filters that the page itself sets and nobody can change.
 */
export function useView(view: TableView, fixed: Record<string, string> = {}) {
  const [layout, setLayout] = useQueryStates(view.layout, { history: "push" });
  const [filters, setFilters] = useQueryStates(view.filters, { history: "push" });
  return {
    layout,
    filters: { ...filters, ...fixed },
    setLayout: (change: Partial<typeof layout>) => void setLayout(change),
    setFilters: (change: Record<string, string | null>, history: "push" | "replace" = "push") => {
      void setFilters(change, { history });
      void setLayout({ page: null }, { history });
    },
    clearFilters: () => {
      void setFilters(null);
      void setLayout({ page: null });
    },
    isFiltered: Object.values(filters).some((value) => value !== null),
  };
}

export type TableState = ReturnType<typeof useView>;

/** The query that asks for these rows; `filterQuery` alone decides how many there are in all. */
export function rowQuery({ layout, filters }: Pick<TableState, "layout" | "filters">): string {
  const layoutQuery = { page: String(layout.page), size: String(layout.size), sort: layout.sort, dir: layout.dir };
  return new URLSearchParams({ ...layoutQuery, ...present(filters) }).toString();
}

export function filterQuery(filters: Record<string, string | null>): string {
  return new URLSearchParams(present(filters)).toString();
}

function present(filters: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters)
      .flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
