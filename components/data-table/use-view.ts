"use client";

import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo } from "react";
import type { FilterParser } from "#components/data-table/view.ts";
import { DEFAULT_PAGE_SIZE, DIRECTIONS, type Direction, PAGE_SIZES } from "#lib/pagination.ts";

export interface ViewContract {
  sort: string;
  direction: Direction;
  /** Names of the filter parameters. */
  filters: string[];
}

export interface View {
  page: number;
  size: (typeof PAGE_SIZES)[number];
  sort: string;
  dir: Direction;
  hide: string[] | null;
}

/**
 * The table's state, which is the URL's. Changing a filter or the order goes back to page 1.
 * @param fixed filters that the page itself sets and nobody can change.
 */
export function useView(contract: ViewContract, fixed: Record<string, string> = {}) {
  const layoutParsers = useMemo(
    () => ({
      page: parseAsInteger.withDefault(1),
      size: parseAsNumberLiteral(PAGE_SIZES).withDefault(DEFAULT_PAGE_SIZE),
      sort: parseAsString.withDefault(contract.sort),
      dir: parseAsStringLiteral(DIRECTIONS).withDefault(contract.direction),
      hide: parseAsArrayOf(parseAsString),
    }),
    [contract.sort, contract.direction],
  );
  const names = contract.filters.join(" ");
  const filterParsers = useMemo(
    () => Object.fromEntries(names.split(" ").map((name): [string, FilterParser] => [name, parseAsString])),
    [names],
  );
  const [layout, setLayout] = useQueryStates(layoutParsers, { history: "push" });
  const [filters, setFilters] = useQueryStates(filterParsers, { history: "push" });
  return {
    layout,
    filters: { ...filters, ...fixed },
    setLayout: (change: Partial<View>) => void setLayout(change),
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
