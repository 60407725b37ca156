import { buildFilterQuery, buildRowQuery, type TableView } from "#components/data-table/view.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";

/**
 * The table's state, which is the URL's. Changing a filter or the order goes back to page 1.
 * @param fixed filters that the page itself sets and nobody can change.
 */
export function useView(view: TableView, fixed: Record<string, string> = {}) {
  const [layout, setLayout] = useUrlState(view.layout);
  const [filters, setFilters] = useUrlState(view.filters);
  const shownFilters = { ...filters, ...fixed };
  return {
    layout,
    filters: shownFilters,
    setLayout: (change: Partial<typeof layout>) => setLayout(change),
    setFilters: (change: Record<string, string | null>, history: "push" | "replace" = "push") => {
      setFilters(change, { history });
      setLayout({ page: null }, { history });
    },
    clearFilters: () => {
      setFilters(null);
      setLayout({ page: null });
    },
    /** What asks for the rows of this view, and what for their number: all that is kept of a table is keyed by these. */
    queries: { rows: buildRowQuery(layout, shownFilters), filters: buildFilterQuery(shownFilters) },
    isFiltered: Object.values(filters).some((value) => value !== null),
    /**
     * The search box is left out here: it shows and clears its own text, and the toolbar must not move while somebody types.
     */
    isNarrowed: Object.entries(filters).some(([name, value]) => name !== "q" && value !== null),
  };
}

export type TableState = ReturnType<typeof useView>;
