import type { Row } from "#app/(console)/users/users-table.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { getDisplayName } from "#lib/users/terms.ts";

interface OutcomeListProps {
  users: Row[];
  outcomes: { uuid: string; message: string | null }[];
  /** What happened to those that went well. */
  good: string;
}

/** How it went for each, failures first. */
export function OutcomeList({ users, outcomes, good }: OutcomeListProps) {
  const names = new Map(users.map((user) => [user.uuid, getDisplayName(user)]));
  const sorted = outcomes.toSorted((a, b) => Number(a.message === null) - Number(b.message === null));
  return (
    <ScrollRegion label="Outcomes" className="max-h-64 rounded-md border">
      <ul className="divide-y divide-hairline">
        {sorted.map(({ uuid, message }) => (
          <li key={uuid} className="flex items-center justify-between gap-4 px-3 py-1.5">
            <span dir="auto" className="min-w-0 truncate">
              {names.get(uuid)}
            </span>
            {message === null ? (
              <Tag tone="now">{good}</Tag>
            ) : (
              <span className="text-right text-xs text-risk">{message}</span>
            )}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
