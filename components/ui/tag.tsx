import type { ReactNode } from "react";

const TONES = {
  plain: "bg-hover text-soft",
  now: "bg-now-wash text-now",
  ended: "bg-ended-wash text-ended",
  waiting: "bg-waiting-wash text-waiting",
  risk: "bg-risk-wash text-risk",
  river: "bg-river-wash text-river",
};

/** A word that names a state. The colour repeats what the word says and adds nothing. */
export function Tag({ tone = "plain", children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 items-center rounded px-1.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
