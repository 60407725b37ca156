import type { ReactNode } from "react";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";

interface ListTableProps {
  label: string;
  heads: string[];
  children: ReactNode;
}

/** A short list as a table, all of it on the page. */
export function ListTable({ label, heads, children }: ListTableProps) {
  return (
    <ScrollRegion label={`${label}, table`} className="rounded-lg border bg-raised">
      <table className="w-full text-left [&_td]:h-11 [&_td]:px-3 [&_td]:whitespace-nowrap [&_tbody_tr]:border-b [&_tbody_tr:last-child]:border-b-0">
        <thead className="border-b text-xs text-soft">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="h-9 px-3 font-medium whitespace-nowrap">
                {head || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollRegion>
  );
}
