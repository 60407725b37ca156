import { absoluteTime, relativeTime } from "#lib/format.ts";

interface TimeProps {
  at: Date | string;
  /** Which of the two is read first; the other is one hover away. */
  show?: "relative" | "absolute" | "both";
}

/** A moment, as people say it and exactly. Exact times are UTC and say so. No hooks: a table holds hundreds of these. */
export function Time({ at, show = "relative" }: TimeProps) {
  const moment = new Date(at);
  const absolute = absoluteTime(moment);
  const relative = relativeTime(moment, new Date());
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
