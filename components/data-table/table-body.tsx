"use client";

import type { ReactTable, RowData } from "@tanstack/react-table";
import type { features } from "#components/data-table/columns.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";

interface TableBodyProps<Row extends RowData> {
  table: ReactTable<typeof features, Row>;
  waiting: boolean;
  /** Names a row for its checkbox; without it rows cannot be selected. */
  rowName: ((row: Row) => string) | undefined;
}

export function TableBody<Row extends RowData>({ table, waiting, rowName }: TableBodyProps<Row>) {
  return (
    <tbody className={`transition-opacity duration-150 ${waiting ? "opacity-50" : ""}`}>
      {table.getRowModel().rows.map((row) => (
        <tr
          key={row.id}
          className={`border-b border-hairline/70 last:border-b-0 focus-within:bg-hover hover:bg-hover ${row.getIsSelected() ? "bg-river-wash" : ""}`}
        >
          {rowName ? (
            <td className="w-9 pl-3">
              <Checkbox
                label={`Select ${rowName(row.original)}`}
                checked={row.getIsSelected()}
                onChange={(checked) => row.toggleSelected(checked)}
              />
            </td>
          ) : null}
          {row.getVisibleCells().map((cell) => {
            const meta = cell.column.columnDef.meta;
            return (
              <td
                key={cell.id}
                className={`h-9 max-w-60 truncate px-3 ${meta?.align === "end" ? "text-right tabular-nums" : ""} ${meta?.wide ? "max-lg:hidden" : ""}`}
              >
                <table.FlexRender cell={cell} />
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}
