import { Tag } from "#components/ui/tag.tsx";
import { formatShortDay } from "#lib/format.ts";
import { type FactState, getFactState, isEndLimit } from "#lib/graph/view/facts/terms.ts";

interface Held {
  name: string;
  validAt: Date | string | null;
  invalidAt: Date | string | null;
  /** Nobody said since when it holds, or until when: its times are those of telling. */
  beginsUntold: boolean;
  endsUntold: boolean;
}

const TONE = { current: "now", past: "ended", coming: "waiting" } as const;
const WORD: Record<FactState, string> = { current: "holds", past: "over", coming: "to come" };

/** Whether a fact holds, and from when until when. */
export function FactStatus({ fact }: { fact: Held }) {
  const state = getFactState(fact);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 whitespace-normal max-sm:flex-col max-sm:items-start max-sm:gap-0.5">
      <Tag tone={TONE[state]}>{WORD[state]}</Tag>
      <span className="tabular-nums text-soft">{describeSpan(fact, state)}</span>
    </span>
  );
}

/** "Since" and "until" where somebody said so; else on which day it was told, and by which it was over. */
function describeSpan(fact: Held, state: FactState): string {
  const { validAt, invalidAt, beginsUntold, endsUntold } = fact;
  const [from, until] = [validAt, invalidAt].map((time) => (time === null ? null : formatShortDay(new Date(time))));
  if (from && until && !beginsUntold && !endsUntold && state === "past") return `${from} – ${until}`;
  const begins = from ? `${beginsUntold ? "told" : "since"} ${from}` : null;
  const ends = until ? `${endsUntold ? "over by" : isEndLimit(fact) ? "at most until" : "until"} ${until}` : null;
  return [begins, ends].filter((words) => words !== null).join(", ") || "no date known";
}
