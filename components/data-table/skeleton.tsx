import { Skeleton } from "#components/ui/skeleton.tsx";

/** Holds a table's place while its first rows are read. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <Skeleton className="mb-3 h-8 w-72" />
      <div className="rounded-lg border bg-raised">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          <div key={row} className="flex h-9 items-center gap-6 border-b border-hairline/70 px-3 last:border-b-0">
            <Skeleton className="h-3 w-40" />
            <Skeleton className="h-3 w-56" />
            <Skeleton className="ml-auto h-3 w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
