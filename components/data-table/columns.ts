import {
  type CellData,
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
} from "@tanstack/react-table";

/** One way to narrow a table down. The parameters are those of the table's URL contract. */
export type Filter =
  | { kind: "days"; label: string; from: string; to: string }
  | { kind: "choice"; label: string; param: string; choices: { value: string; label: string }[] }
  | { kind: "text"; label: string; param: string; hint: string };

interface ColumnMeta {
  /** What the header says, and the columns menu. */
  label: string;
  /** The sort key of the URL contract; without one the column cannot be sorted. */
  sort?: string;
  align?: "end";
  /** Cannot be hidden. */
  always?: boolean;
  /** Shown only where there is room. */
  wide?: boolean;
  filter?: Filter;
}

/** What the one table can do. Sorting, filtering and paging are the server's; the URL says how. */
export const features = tableFeatures({
  rowSelectionFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

export type TableColumn<Row extends RowData> = ColumnDef<typeof features, Row, CellData>;

export function columnsOf<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>();
}

/** A row as it reaches the browser: inside the page its times are dates, in later answers they are text. */
export type Sent<T> = {
  [K in keyof T]: T[K] extends Date ? Date | string : T[K] extends Date | null ? Date | string | null : T[K];
};
