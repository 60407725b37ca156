import { Tag } from "#components/ui/tag.tsx";
import { formatShortDay } from "#lib/format.ts";
import { type FactState, getFactState } from "#lib/graph/view/facts/terms.ts";

interface FactStatusProps {
  validAt: Date | string | null;
  invalidAt: Date | string | null;
}

const TONE = { current: "now", past: "ended", coming: "waiting" } as const;
const WORD: Record<FactState, string> = { current: "holds", past: "over", coming: "to come" };

/** Whether a fact holds, and from when until when. */
export function FactStatus({ validAt, invalidAt }: FactStatusProps) {
  const state = getFactState({ validAt, invalidAt });
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap max-sm:flex-col max-sm:items-start max-sm:gap-0.5">
      <Tag tone={TONE[state]}>{WORD[state]}</Tag>
      <span className="tabular-nums text-soft">{describeSpan(validAt, invalidAt)}</span>
    </span>
  );
}

function describeSpan(validAt: Date | string | null, invalidAt: Date | string | null): string {
  const [from, until] = [
    validAt && formatShortDay(new Date(validAt)),
    invalidAt && formatShortDay(new Date(invalidAt)),
  ];
  if (from && until) return `${from} – ${until}`;
  if (from) return `since ${from}`;
  return until ? `until ${until}` : "no date known";
}
