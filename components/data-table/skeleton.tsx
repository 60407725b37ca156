/** Holds a table's place while its first rows are read: drawn by one background, because every page begins with it. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <div role="status" className="table-skeleton" style={{ height: rows * 36 }}>
      <span className="sr-only">Loading</span>
    </div>
  );
}
