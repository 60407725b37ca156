import { type RowData, useTable } from "@tanstack/react-table";
import { type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { type Filter, features, type TableColumn } from "#components/data-table/columns.ts";
import type { Initial } from "#components/data-table/initial.ts";
import { Pagination } from "#components/data-table/pagination.tsx";
import { TableSkeleton } from "#components/data-table/skeleton.tsx";
import { TableBody } from "#components/data-table/table-body.tsx";
import { TableHead } from "#components/data-table/table-head.tsx";
import { Toolbar } from "#components/data-table/toolbar.tsx";
import { useHiddenColumns } from "#components/data-table/use-hidden-columns.ts";
import { useRowFocus } from "#components/data-table/use-row-focus.ts";
import { useRowLinks } from "#components/data-table/use-row-links.ts";
import { useRows } from "#components/data-table/use-rows.ts";
import { useSelection } from "#components/data-table/use-selection.ts";
import { useTick } from "#components/data-table/use-tick.ts";
import { useView } from "#components/data-table/use-view.ts";
import type { TableView } from "#components/data-table/view.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";

interface DataTableProps<Row extends RowData> {
  /** Says what the table holds, and keeps this person's choice of columns apart from other tables'. */
  name: string;
  noun: string;
  /** Where `rows` and `total` answer. */
  path: string;
  view: TableView;
  columns: TableColumn<Row>[];
  rowId: (row: Row) => string;
  /** What a row is called when it is selected. */
  rowName?: (row: Row) => string;
  initial: Initial;
  /** Columns hidden by the choice kept in the cookie. */
  keptHidden: string[];
  searchLabel?: string;
  /** Filters that the page itself sets. */
  fixed?: Record<string, string>;
  /** Filters that belong to no column. */
  filters?: Filter[];
  /** The filter that comes before all others. */
  firstFilter?: Filter;
  empty: ReactNode;
  actions?: ReactNode;
  /** What can be done with selected rows; without it rows cannot be selected. */
  selection?: (rows: Row[], clear: () => void) => ReactNode;
}

/** The one table: server-paged, its state in the URL, operable by keyboard alone. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  // React sends what is inside a Suspense boundary after the page and moves it into place by script. So only a table that
  // has to wait gets one. The choice stays: later answers come in transitions, which keep the current rows on screen.
  const [came] = useState(!(props.initial.rows instanceof Promise));
  const table = <LoadedTable {...props} />;
  return came ? table : <Suspense fallback={<TableSkeleton />}>{table}</Suspense>;
}

function LoadedTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, empty, filters = [], initial, name, noun, path, rowId, selection, view } = props;
  useTick();
  const state = useView(view, props.fixed);
  const read = useRows<Row>(path, state, initial);
  const hidden = useHiddenColumns(name, state, props.keptHidden);
  const { rows: selected, set: select, clear } = useSelection<Row>(state.queries.filters);
  const body = useRef<HTMLTableElement>(null);
  const { enterRows, ...rowFocus } = useRowFocus(body, { ...read, selectable: selection !== undefined });
  useRowLinks(body);

  const rows = read.rows ?? NO_ROWS;
  const hideable = columns.filter((column) => !column.always);
  const table = useTable({
    features,
    columns: useMemo(() => columns.map(({ id }) => ({ id })), [columns]),
    data: rows,
    getRowId: rowId,
    enableRowSelection: selection !== undefined,
    state: {
      columnVisibility: Object.fromEntries(hideable.map(({ id }) => [id, !hidden.ids.includes(id)])),
      rowSelection: Object.fromEntries([...selected.keys()].map((id): [string, true] => [id, true])),
    },
    onRowSelectionChange: (update) => {
      const before = Object.fromEntries([...selected.keys()].map((id): [string, true] => [id, true]));
      const after = typeof update === "function" ? update(before) : update;
      const known = new Map([...selected, ...rows.map((row): [string, Row] => [rowId(row), row])]);
      select(new Map([...known].filter(([id]) => after[id])));
    },
  });

  const isVisible = ({ id }: TableColumn<Row>) => table.getColumn(id)?.getIsVisible() ?? false;
  const visible = columns.filter(isVisible);
  return (
    <div>
      <Toolbar
        state={state}
        searchLabel={props.searchLabel}
        filters={[
          ...(props.firstFilter ? [props.firstFilter] : []),
          ...columns.flatMap(({ filter }) => filter ?? []),
          ...filters,
        ]}
        columns={hideable.map((column) => ({ id: column.id, label: column.label, visible: isVisible(column) }))}
        onColumn={hidden.set}
        onEnterRows={enterRows}
      >
        {props.actions}
      </Toolbar>
      {selection && selected.size > 0 ? (
        <div className="mb-3 flex flex-wrap items-center gap-2 rounded-lg border border-river/40 bg-river-wash px-3 py-1.5">
          <span role="status" className="mr-auto font-medium text-river-strong">
            {selected.size} selected
          </span>
          {selection([...selected.values()], clear)}
          <Button kind="quiet" onClick={clear}>
            Clear selection
          </Button>
        </div>
      ) : null}
      {read.error ? (
        <div className="mb-3">
          <Notice
            tone="risk"
            action={
              <span className="flex gap-2">
                <Button onClick={read.retry}>Try again</Button>
                <LinkButton href="?">Reset the view</LinkButton>
              </span>
            }
          >
            {read.error.message}
          </Notice>
        </div>
      ) : null}
      {read.rows === undefined ? (
        read.error ? null : (
          <TableSkeleton />
        )
      ) : !read.waiting && rows.length === 0 ? (
        <EmptyTable
          filtered={state.isFiltered}
          page={state.layout.page}
          noun={noun}
          onClear={state.clearFilters}
          onFirst={() => state.setLayout({ page: 1 })}
          empty={empty}
        />
      ) : (
        <ScrollRegion label={`${name}, table`} busy={read.waiting} className="rounded-lg border bg-raised">
          <table ref={body} tabIndex={-1} data-takes-focus className="data-table" {...rowFocus}>
            <TableHead
              table={table}
              columns={visible}
              state={state}
              selectable={selection !== undefined}
              waiting={read.waiting}
            />
            <TableBody
              table={table}
              columns={visible}
              waiting={read.waiting}
              rowName={selection ? props.rowName : undefined}
            />
          </table>
        </ScrollRegion>
      )}
      <Pagination
        state={state}
        noun={noun}
        shown={read.waiting ? undefined : read.rows?.length}
        total={read.total}
        prefetch={read.prefetch}
      />
    </div>
  );
}

/** The same each time, so that a table without rows is not made anew. */
const NO_ROWS: never[] = [];

interface EmptyTableProps {
  filtered: boolean;
  page: number;
  noun: string;
  empty: ReactNode;
  onClear: () => void;
  onFirst: () => void;
}

function EmptyTable({ filtered, page, noun, empty, onClear, onFirst }: EmptyTableProps) {
  if (page > 1) {
    return (
      <EmptyState title="Past the end" action={<Button onClick={onFirst}>Back to page 1</Button>}>
        There are not this many pages; some may have been deleted since the link was made.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState title="Nothing matches" action={<Button onClick={onClear}>Clear search and filters</Button>}>
        There are {noun}s here, but none that fits what you asked for.
      </EmptyState>
    );
  }
  return empty;
}
