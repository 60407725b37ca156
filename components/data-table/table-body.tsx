import type { ReactTable, RowData } from "@tanstack/react-table";
import { type features, getColumnClass, type TableColumn } from "#components/data-table/columns.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";

interface TableBodyProps<Row extends RowData> {
  table: ReactTable<typeof features, Row>;
  columns: TableColumn<Row>[];
  waiting: boolean;
  /** Names a row for its checkbox; without it rows cannot be selected. */
  rowName: ((row: Row) => string) | undefined;
}

export function TableBody<Row extends RowData>({ table, columns, waiting, rowName }: TableBodyProps<Row>) {
  return (
    <tbody data-waiting={waiting || undefined}>
      {table.getRowModel().rows.map((row) => (
        <tr key={row.id} data-selected={row.getIsSelected() || undefined}>
          {rowName ? (
            <td>
              <Checkbox
                label={`Select ${rowName(row.original)}`}
                disabled={waiting}
                checked={row.getIsSelected()}
                onChange={(checked) => row.toggleSelected(checked)}
              />
            </td>
          ) : null}
          {columns.map((column) => (
            <td key={column.id} className={getColumnClass(column)}>
              {column.cell(row.original)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
