import { Tag } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/format.ts";
import { CLOCK_SHARES, type RequestState } from "#lib/privacy/requests/terms.ts";

interface DueTagProps {
  receivedAt: Date | string;
  answerBy: Date | string;
  pausedAt: Date | string | null;
  closedAt: Date | string | null;
  answeredAt: Date | string | null;
  state: RequestState;
}

/** How much time is left to answer, in words; the colour repeats which share of it that is. */
export function DueTag({ receivedAt, answerBy, pausedAt, closedAt, answeredAt, state }: DueTagProps) {
  if (answeredAt || state === "expired") return <span className="text-faint">over</span>;
  if (pausedAt) return <Tag tone="plain">clock stopped</Tag>;
  const [from, end, now] = [new Date(receivedAt).getTime(), new Date(answerBy).getTime(), Date.now()];
  if (now > end) return <Tag tone="risk">{`overdue by ${formatDuration(now - end)}`}</Tag>;
  const share = (end - now) / (end - from);
  return (
    <Tag tone={getClockTone(share)}>
      {closedAt ? `to be told, ${formatDuration(end - now)} left` : `${formatDuration(end - now)} left`}
    </Tag>
  );
}

/** The colour of a clock of whose time this share is left. */
export function getClockTone(share: number): "now" | "waiting" | "risk" {
  if (share >= CLOCK_SHARES.ample) return "now";
  return share >= CLOCK_SHARES.short ? "waiting" : "risk";
}
