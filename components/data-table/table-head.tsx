import type { ReactTable, RowData } from "@tanstack/react-table";
import { type features, getColumnClass, type TableColumn } from "#components/data-table/columns.ts";
import type { TableState } from "#components/data-table/use-view.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";

interface TableHeadProps<Row extends RowData> {
  table: ReactTable<typeof features, Row>;
  columns: TableColumn<Row>[];
  state: TableState;
  selectable: boolean;
  /** The rows on screen are those of the view before, and cannot be selected. */
  waiting: boolean;
}

export function TableHead<Row extends RowData>({ table, columns, state, selectable, waiting }: TableHeadProps<Row>) {
  return (
    <thead className="border-b text-xs text-soft">
      <tr>
        {selectable ? (
          <th scope="col">
            <Checkbox
              label="Select all on this page"
              disabled={waiting}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={(checked) => table.toggleAllRowsSelected(checked)}
            />
          </th>
        ) : null}
        {columns.map((column) => {
          const { id, label, sort } = column;
          const sorted = sort === state.layout.sort ? state.layout.dir : undefined;
          return (
            <th
              key={id}
              scope="col"
              aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
              className={getColumnClass(column)}
            >
              {sort ? <SortButton label={label} sort={sort} sorted={sorted} state={state} /> : label}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface SortButtonProps {
  label: string;
  sort: string;
  sorted: "asc" | "desc" | undefined;
  state: TableState;
}

function SortButton({ label, sort, sorted, state }: SortButtonProps) {
  return (
    <button
      type="button"
      onClick={() => state.setLayout({ sort, dir: sorted === "asc" ? "desc" : "asc", page: 1 })}
      className="sort"
    >
      {label}
    </button>
  );
}
