import { type FactState, getFactState } from "#lib/graph/view/facts/terms.ts";

/** From when to when there is anything to be drawn. */
export interface Reach {
  from: Date | string;
  to: Date | string;
}

interface IntervalProps {
  validAt: Date | string | null;
  invalidAt: Date | string | null;
  reach: Reach;
}

const WIDTH = 64;
const LEAST = 2;
const LOOK: Record<FactState, string> = { current: "fill-now", past: "fill-ended", coming: "fill-waiting" };

/** The time during which a fact held, as a bar on the person's whole timeline. The text beside it says the same. */
export function Interval({ validAt, invalidAt, reach }: IntervalProps) {
  const [first, last] = [new Date(reach.from).getTime(), new Date(reach.to).getTime()];
  const toPosition = (moment: Date | string | null, otherwise: number) =>
    moment === null ? otherwise : ((new Date(moment).getTime() - first) / Math.max(1, last - first)) * WIDTH;
  const from = toPosition(validAt, 0);
  const until = toPosition(invalidAt, WIDTH);
  return (
    <svg viewBox={`0 0 ${WIDTH} 8`} width={WIDTH} height={8} aria-hidden className="shrink-0 max-sm:hidden">
      <line x1="0" x2={WIDTH} y1="4" y2="4" className="stroke-hairline" />
      <rect
        x={Math.min(from, WIDTH - LEAST)}
        y="2"
        width={Math.max(LEAST, until - from)}
        height="4"
        rx="1"
        className={LOOK[getFactState({ validAt, invalidAt })]}
        opacity={validAt === null ? 0.45 : 1}
      />
    </svg>
  );
}
