import { formatDuration, formatLongDay } from "#lib/format.ts";

/** Pauses longer than this are shown. */
const LONG_SILENCE = 60 * 60_000;

interface GapProps {
  before: Date | undefined;
  said: Date;
  isFirst: boolean;
}

/** Shows the time between two messages: a new day is named, and a long pause gets space. */
export function Gap({ before, said, isFirst }: GapProps) {
  const silence = before ? said.getTime() - before.getTime() : 0;
  const newDay =
    isFirst || (before !== undefined && before.toISOString().slice(0, 10) !== said.toISOString().slice(0, 10));
  if (!newDay && silence < LONG_SILENCE) return null;
  const room = Math.min(48, 12 + Math.log2(Math.max(1, silence / LONG_SILENCE)) * 6);
  return (
    <div className="flex items-center gap-3 pb-2 text-xs text-faint" style={{ paddingTop: isFirst ? 20 : room }}>
      <span className="h-px flex-1 bg-hairline" />
      <span className="text-center">
        {newDay ? <span className="font-medium text-soft">{formatLongDay(said)} UTC</span> : null}
        {silence >= LONG_SILENCE ? <span className="block">{formatDuration(silence)} later</span> : null}
      </span>
      <span className="h-px flex-1 bg-hairline" />
    </div>
  );
}
