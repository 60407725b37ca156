/** Holds a table's place while its first rows are read: drawn by one background, because every page begins with it. */
export function TableSkeleton() {
  return (
    <div role="status" className="table-skeleton">
      <span className="sr-only">Loading</span>
    </div>
  );
}
