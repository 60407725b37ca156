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
    <tbody data-waiting={waiting || undefined}>
      {table.getRowModel().rows.map((row) => (
        <tr key={row.id} data-selected={row.getIsSelected() || undefined}>
          {rowName ? (
            <td>
              <Checkbox
                label={`Select ${rowName(row.original)}`}
                checked={row.getIsSelected()}
                onChange={(checked) => row.toggleSelected(checked)}
              />
            </td>
          ) : null}
          {row.getVisibleCells().map((cell) => {
            const { cell: show, meta } = cell.column.columnDef;
            // Called, not rendered: a component of its own for each of hundreds of cells costs more than what it shows.
            return (
              <td key={cell.id} className={cellClass(meta)}>
                {typeof show === "function" ? show(cell.getContext()) : show}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

/** What every cell shares is in globals.css; here is only what differs, so that a page of rows stays small. */
function cellClass(meta: { align?: "end"; wide?: boolean } | undefined): string | undefined {
  return [meta?.align, meta?.wide && "wide"].filter(Boolean).join(" ") || undefined;
}
