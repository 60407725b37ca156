import { columnVisibilityFeature, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";
import type { ReactNode } from "react";

/** One way to narrow a table down. The parameters are those of the table's URL contract. */
export type Filter =
  | { kind: "days"; label: string; from: string; to: string }
  | { kind: "day"; label: string; param: string; hint: string }
  | { kind: "choice"; label: string; param: string; choices: { value: string; label: string }[] }
  | { kind: "text"; label: string; param: string; hint: string }
  /** One of few, all of them in sight; the value null is the one without a parameter in the URL. */
  | { kind: "segments"; label: string; param: string; choices: { value: string | null; label: string }[] }
  /** Set by following a link, and only ever cleared here. */
  | { kind: "given"; label: string; param: string; setTo: string };

/** A column says what it is and shows a row; the table does the rest. */
export interface TableColumn<Row> {
  id: string;
  /** What the header says, and the columns menu. */
  label: string;
  /** The sort key of the URL contract; without one the column cannot be sorted. */
  sort?: string;
  align?: "end";
  /** Cannot be hidden. */
  always?: boolean;
  /** Shown only where there is room. */
  wide?: boolean;
  /** Holds what can be done with the row: it stays in sight where the table is wider than the screen. */
  action?: boolean;
  filter?: Filter;
  cell: (row: Row) => ReactNode;
}

/** What the one table can do. Sorting, filtering and paging are the server's; the URL says how. */
export const features = tableFeatures({ rowSelectionFeature, columnVisibilityFeature });

/** A row as it reaches the browser: inside the page its times are dates, in later answers they are text. */
export type Sent<T> = {
  [K in keyof T]: T[K] extends Date ? Date | string : T[K] extends Date | null ? Date | string | null : T[K];
};

/** What a column's cells share with every other's is in globals.css; here is only what differs, so that a page of rows stays small. */
export function getColumnClass(column: Pick<TableColumn<never>, "align" | "wide" | "action">): string | undefined {
  const { align, wide, action } = column;
  return [align, wide && "wide", action && "action"].filter(Boolean).join(" ") || undefined;
}
