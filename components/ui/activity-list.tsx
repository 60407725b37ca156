import type { ReactNode } from "react";
import { Time } from "#components/ui/time.tsx";

export interface Activity {
  key: string;
  who: string;
  what: string;
  /** In its own line below. */
  note?: ReactNode;
  at: Date;
}

/** Who did what and when, one after the other. */
export function ActivityList({ activities }: { activities: Activity[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {activities.map(({ key, who, what, note, at }) => (
        <li key={key} className="flex justify-between gap-4">
          <span className="min-w-0">
            <span className="font-medium">{who}</span> {what}
            {note ? <span className="block text-xs text-soft">{note}</span> : null}
          </span>
          <span className="text-xs whitespace-nowrap text-faint">
            <Time at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
