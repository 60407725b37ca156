import { formatNumber } from "#lib/format.ts";

/** How far long work has come, as a bar and in numbers. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const share = total === 0 ? 0 : Math.round((done / total) * 100);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between text-xs text-soft">
        <span>{label}</span>
        <span className="tabular-nums">
          {formatNumber(done)} of {formatNumber(total)}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full bg-river transition-[width] duration-150" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
