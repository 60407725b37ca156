import { formatNumber } from "#lib/format.ts";

interface FiguresProps {
  label: string;
  figures: { label: string; value: number }[];
}

/** A row of numbers, each with what it counts. */
export function Figures({ label, figures }: FiguresProps) {
  return (
    <dl aria-label={label} className="flex flex-wrap gap-x-8 gap-y-2">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt className="text-xs text-soft">{figure.label}</dt>
          <dd className="text-lg font-medium tabular-nums">{formatNumber(figure.value)}</dd>
        </div>
      ))}
    </dl>
  );
}
