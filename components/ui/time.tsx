import { formatAbsoluteTime, formatRelativeTime } from "#lib/format.ts";

interface TimeProps {
  at: Date | string;
  /** Which of the two is read first; the other is one hover away. */
  show?: "relative" | "absolute" | "both";
}

/**
 * A time, relative or exact. Exact times are in UTC and say so. It uses no hooks, because a table renders hundreds of these.
 */
export function Time({ at, show = "relative" }: TimeProps) {
  const moment = new Date(at);
  const absolute = formatAbsoluteTime(moment);
  const relative = formatRelativeTime(moment, new Date());
  if (show === "both") {
    return (
      <time dateTime={moment.toISOString()} suppressHydrationWarning>
        {relative}
        <span className="block text-2xs text-faint">{absolute}</span>
      </time>
    );
  }
  const [shown, beneath] = show === "relative" ? [relative, absolute] : [absolute, relative];
  return (
    <time dateTime={moment.toISOString()} title={beneath} suppressHydrationWarning>
      {shown}
    </time>
  );
}
