"use client";

import { useEffect, useState } from "react";
import { absoluteTime, relativeTime } from "#lib/format.ts";

interface TimeProps {
  at: Date | string;
  /** Which of the two is read first; the other is one hover away. */
  show?: "relative" | "absolute" | "both";
}

/** A moment, as people say it and exactly. Exact times are UTC and say so. */
export function Time({ at, show = "relative" }: TimeProps) {
  const moment = new Date(at);
  const absolute = absoluteTime(moment);
  const relative = useRelative(moment);
  if (show === "both") {
    return (
      <time dateTime={moment.toISOString()} className="whitespace-nowrap">
        {relative}
        <span className="block text-2xs text-faint">{absolute}</span>
      </time>
    );
  }
  const [shown, beneath] = show === "relative" ? [relative, absolute] : [absolute, relative];
  return (
    <time dateTime={moment.toISOString()} title={beneath} className="whitespace-nowrap" suppressHydrationWarning>
      {shown}
    </time>
  );
}

/** Starts from the server's words and moves on every half minute. */
function useRelative(moment: Date): string {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return relativeTime(moment, new Date(now));
}
