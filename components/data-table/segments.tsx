import type { Filter } from "#components/data-table/columns.ts";
import type { TableState } from "#components/data-table/use-view.ts";

interface SegmentsProps {
  filter: Extract<Filter, { kind: "segments" }>;
  state: TableState;
}

/** A filter that is always set to one of a few values, as buttons side by side. */
export function Segments({ filter, state }: SegmentsProps) {
  const chosen = state.filters[filter.param] ?? null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons that belong together, not fields of a form
    <div role="group" aria-label={filter.label} className="inline-flex rounded-md border bg-sunk p-0.5">
      {filter.choices.map(({ value, label }) => (
        <button
          key={label}
          type="button"
          aria-pressed={chosen === value}
          onClick={() => state.setFilters({ [filter.param]: value })}
          className="h-[26px] rounded px-2.5 text-sm text-soft hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-xs pointer-coarse:h-9"
        >
          {label}
        </button>
      ))}
    </div>
  );
}
