import { Columns3 } from "lucide-react";
import type { ReactNode } from "react";
import type { Filter } from "#components/data-table/columns.ts";
import { FilterButton } from "#components/data-table/filter-button.tsx";
import { SearchBox } from "#components/data-table/search-box.tsx";
import { Segments } from "#components/data-table/segments.tsx";
import type { TableState } from "#components/data-table/use-view.ts";
import { Button, getButtonClass } from "#components/ui/button.tsx";
import { Menu, MenuCheck } from "#components/ui/menu.tsx";

interface ToolbarProps {
  state: TableState;
  searchLabel?: string;
  filters: Filter[];
  /** Columns that may be hidden. */
  columns: { id: string; label: string; visible: boolean }[];
  onColumn: (id: string, visible: boolean) => void;
  /** Brings the keyboard from the search box to the rows. */
  onEnterRows: () => void;
  children?: ReactNode;
}

export function Toolbar({ state, searchLabel, filters, columns, onColumn, onEnterRows, children }: ToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      {searchLabel ? (
        <SearchBox
          label={searchLabel}
          token={state.filters.q ?? null}
          onToken={(token) => state.setFilters({ q: token }, "replace")}
          onEnterRows={onEnterRows}
        />
      ) : null}
      {filters.map((filter) =>
        filter.kind === "segments" ? (
          <Segments key={filter.label} filter={filter} state={state} />
        ) : (
          <FilterButton key={filter.label} filter={filter} state={state} />
        ),
      )}
      {state.isNarrowed ? (
        <Button kind="quiet" onClick={state.clearFilters}>
          Clear all
        </Button>
      ) : null}
      <span className="ml-auto flex gap-2">
        {columns.length > 0 ? (
          <Menu
            align="end"
            trigger={
              <button type="button" className={getButtonClass("quiet")}>
                <Columns3 size={15} aria-hidden />
                Columns
              </button>
            }
          >
            {columns.map((column) => (
              <MenuCheck
                key={column.id}
                checked={column.visible}
                onCheckedChange={(visible) => onColumn(column.id, visible)}
              >
                {column.label}
              </MenuCheck>
            ))}
          </Menu>
        ) : null}
        {children}
      </span>
    </div>
  );
}
