import { useState } from "react";

interface Selection<Row> {
  filters: string;
  rows: ReadonlyMap<string, Row>;
}

/**
 * The rows somebody chose, over all pages and orders of one set of filters. Other filters show other rows, so what was
 * chosen before is chosen no more.
 */
export function useSelection<Row>(filters: string) {
  const [selection, setSelection] = useState<Selection<Row>>({ filters, rows: new Map() });
  const rows: ReadonlyMap<string, Row> = selection.filters === filters ? selection.rows : new Map<string, Row>();
  return {
    rows,
    set: (chosen: ReadonlyMap<string, Row>) => setSelection({ filters, rows: chosen }),
    clear: () => setSelection({ filters, rows: new Map() }),
  };
}
