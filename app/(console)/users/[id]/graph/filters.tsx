import { KindDot } from "#components/graph/kind-dot.tsx";
import { findKind } from "#components/graph/kinds.ts";
import { getButtonClass } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";
import { formatRelation } from "#lib/relations.ts";

interface ChoiceProps {
  view: GraphView;
  chosen: string[];
  onChoose: (chosen: string[]) => void;
}

/** The legend, which is also the filter: pressing a kind shows only the pressed ones. */
export function Legend({ view, chosen, onChoose }: ChoiceProps) {
  const kinds = countValues(view.nodes.filter(({ uuid }) => uuid !== view.centre).map(findKind), chosen);
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons that belong together, not fields of a form
    <div role="group" aria-label="Kinds of nodes" className="flex flex-wrap gap-1">
      {kinds.map(([kind, count]) => (
        <button
          key={kind}
          type="button"
          aria-pressed={chosen.includes(kind)}
          onClick={() => onChoose(toggleValue(chosen, kind))}
          className="inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs hover:bg-hover aria-pressed:border-river aria-pressed:bg-river-wash pointer-coarse:h-9"
        >
          <KindDot kind={kind} />
          {kind}
          <span className="text-faint tabular-nums">{count}</span>
        </button>
      ))}
    </div>
  );
}

/** Which relations are shown; none chosen means all. */
export function RelationFilter({ view, chosen, onChoose }: ChoiceProps) {
  const relations = countValues(
    view.facts.map(({ name }) => name),
    chosen,
  );
  const look = chosen.length > 0 ? "border-river/50 bg-river-wash text-river-strong" : "";
  return (
    <Popover
      title="Relations"
      trigger={
        <button type="button" className={getButtonClass("plain", `font-normal ${look}`)}>
          Relations{chosen.length > 0 ? `: ${chosen.length}` : ""}
        </button>
      }
    >
      <div className="flex max-h-80 w-64 flex-col overflow-y-auto">
        {relations.map(([name, count]) => (
          <label
            key={name}
            className="flex min-h-7 items-center gap-2 rounded px-1 hover:bg-hover pointer-coarse:min-h-10"
          >
            <input
              type="checkbox"
              className="size-4 accent-river"
              checked={chosen.includes(name)}
              onChange={() => onChoose(toggleValue(chosen, name))}
            />
            <span className="flex-1">{formatRelation(name)}</span>
            <span className="text-xs text-faint tabular-nums">{count}</span>
          </label>
        ))}
      </div>
      {chosen.length > 0 ? (
        <button type="button" className="mt-2 text-sm text-river hover:underline" onClick={() => onChoose([])}>
          All relations
        </button>
      ) : null}
    </Popover>
  );
}

/**
 * Counts each value, most frequent first. A chosen value is listed even if it does not occur, so that it can be unchosen.
 */
function countValues(values: string[], chosen: string[]): [string, number][] {
  const found = new Map<string, number>(chosen.map((value) => [value, 0]));
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

function toggleValue(chosen: string[], value: string): string[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}
