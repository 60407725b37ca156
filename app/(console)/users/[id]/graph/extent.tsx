import type { Explorer } from "#app/(console)/users/[id]/graph/use-explorer.ts";
import type { Scene } from "#components/graph/scene.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/field.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";
import { CAPS, MOST_OPENED } from "#lib/graph/view/picture/terms.ts";

interface ExtentProps extends Pick<Explorer, "params" | "set"> {
  view: GraphView;
  scene: Scene;
}

/** How much of the graph is shown, why the rest is not, and how to show more. */
export function Extent({ view, scene, params, set }: ExtentProps) {
  const { nodes, facts } = view.total;
  const all = view.nodes.length >= nodes;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-soft">
      <p role="status">
        {`${formatCount(scene.nodes.size, "node")} and ${formatCount(scene.facts.length, "fact")} shown. `}
        {all
          ? `All ${formatCount(nodes, "node")} are loaded.`
          : `The ${formatNumber(view.nodes.length)} most relevant of ${formatCount(nodes, "node")} and ${formatCount(facts, "fact")} are loaded.`}
        {view.cut.length > 0 ? ` Of a node with more neighbours the ${MOST_OPENED} best connected were added.` : ""}
      </p>
      <span className="flex items-center gap-2 whitespace-nowrap">
        Load at most
        <Select
          aria-label="Load at most so many nodes"
          value={params.limit}
          onChange={({ target }) => set({ limit: CAPS.find((cap) => String(cap) === target.value) ?? null })}
        >
          {CAPS.map((cap) => (
            <option key={cap} value={cap}>
              {formatNumber(cap)}
            </option>
          ))}
        </Select>
      </span>
      {params.open.length > 0 ? (
        <Button kind="quiet" onClick={() => set({ open: params.open.slice(0, -1) })}>
          Take the last neighbours back
        </Button>
      ) : null}
      {params.hide.length > 0 ? (
        <Button
          kind="quiet"
          onClick={() => set({ hide: null })}
        >{`Show ${formatCount(params.hide.length, "hidden node")}`}</Button>
      ) : null}
    </div>
  );
}
