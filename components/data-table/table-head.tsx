import type { ReactTable, RowData } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { features } from "#components/data-table/columns.ts";
import type { TableState } from "#components/data-table/use-view.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";

interface TableHeadProps<Row extends RowData> {
  table: ReactTable<typeof features, Row>;
  state: TableState;
  selectable: boolean;
}

export function TableHead<Row extends RowData>({ table, state, selectable }: TableHeadProps<Row>) {
  return (
    <thead className="border-b text-xs text-soft">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {selectable ? (
            <th scope="col">
              <Checkbox
                label="Select all on this page"
                checked={table.getIsAllRowsSelected()}
                indeterminate={table.getIsSomeRowsSelected()}
                onChange={(checked) => table.toggleAllRowsSelected(checked)}
              />
            </th>
          ) : null}
          {group.headers
            .filter((header) => header.column.getIsVisible())
            .map((header) => {
              const meta = header.column.columnDef.meta;
              const sorted = meta?.sort === state.layout.sort ? state.layout.dir : undefined;
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
                  className={[meta?.align, meta?.wide && "wide", "font-medium"].filter(Boolean).join(" ")}
                >
                  {meta?.sort ? (
                    <SortButton label={meta.label} sort={meta.sort} sorted={sorted} state={state} />
                  ) : (
                    meta?.label
                  )}
                </th>
              );
            })}
        </tr>
      ))}
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
  const Arrow = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <button
      type="button"
      onClick={() => state.setLayout({ sort, dir: sorted === "asc" ? "desc" : "asc", page: 1 })}
      className={`inline-flex items-center gap-1 rounded hover:text-ink ${sorted ? "text-ink" : ""}`}
    >
      {label}
      <Arrow size={13} aria-hidden className={sorted ? "text-river" : "text-edge"} />
    </button>
  );
}
