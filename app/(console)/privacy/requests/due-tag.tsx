import { Tag } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/format.ts";

interface DueTagProps {
  receivedAt: Date | string;
  answerBy: Date | string;
  pausedAt: Date | string | null;
  closedAt: Date | string | null;
}

/** How much time is left to answer, in words; the colour repeats which share of it that is. */
export function DueTag({ receivedAt, answerBy, pausedAt, closedAt }: DueTagProps) {
  if (closedAt) return <span className="text-faint">over</span>;
  if (pausedAt) return <Tag tone="plain">clock stopped</Tag>;
  const [from, end, now] = [new Date(receivedAt).getTime(), new Date(answerBy).getTime(), Date.now()];
  if (now > end) return <Tag tone="risk">{`overdue by ${formatDuration(now - end)}`}</Tag>;
  const share = (end - now) / (end - from);
  const tone = share >= 0.5 ? "now" : share >= 0.25 ? "waiting" : "risk";
  return <Tag tone={tone}>{`${formatDuration(end - now)} left`}</Tag>;
}
