import { useMemo, useState } from "react";
import { KindDot } from "#components/graph/kind-dot.tsx";
import { getStanding, type Scene, type SceneNode } from "#components/graph/scene.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatCount } from "#lib/format.ts";

interface GraphTableProps {
  scene: Scene;
  centre: string;
  selected: string | null;
  onSelect: (uuid: string | null) => void;
}

const SORTS = { name: "Name", kind: "Kind", facts: "Facts" } as const;
type Sort = keyof typeof SORTS;

/** As many rows as are shown at first and with every press after. */
const ROWS = 100;
const SENTENCES = 5;

/** The same as the picture, as a table of who and what there is, with the facts as sentences. */
export function GraphTable({ scene, centre, selected, onSelect }: GraphTableProps) {
  const [sort, setSort] = useState<Sort>("facts");
  const [rows, setRows] = useState(ROWS);
  const nodes = useMemo(() => [...scene.nodes.values()].sort(ORDER[sort]), [scene, sort]);
  if (nodes.length === 0)
    return <EmptyState title="Nothing matches">No node fits the filters and the day that are set.</EmptyState>;
  return (
    <ScrollRegion label="Graph, table" className="absolute inset-0 rounded-lg">
      <table className="w-full text-left align-top [&_td]:px-3 [&_td]:py-2 [&_td]:align-top">
        <thead className="sticky top-0 z-10 border-b bg-raised text-xs text-soft">
          <tr>
            {(["name", "kind", "facts"] as const).map((key) => (
              <th
                key={key}
                scope="col"
                aria-sort={sort === key ? (key === "facts" ? "descending" : "ascending") : undefined}
                className="h-9 px-3 font-medium"
              >
                <button type="button" className="hover:text-ink" onClick={() => setSort(key)}>
                  {SORTS[key]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.slice(0, rows).map((node) => (
            <tr
              key={node.uuid}
              aria-current={node.uuid === selected ? "true" : undefined}
              className="border-t first:border-t-0 aria-[current=true]:bg-river-wash"
            >
              <th scope="row" className="min-w-28 px-3 py-2 align-top font-normal">
                <button
                  type="button"
                  dir="auto"
                  className="text-start font-medium text-river hover:underline"
                  onClick={() => onSelect(node.uuid)}
                >
                  {node.name}
                </button>
                {node.uuid === centre ? <span className="block text-xs text-faint">whose graph this is</span> : null}
              </th>
              <td className="whitespace-nowrap text-soft">
                <KindDot kind={node.kind} /> {node.kind}
              </td>
              <td>
                <Sentences node={node} at={scene.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {nodes.length > rows ? (
        <div className="flex justify-center p-3">
          <Button
            onClick={() => setRows(rows + ROWS)}
          >{`Show more (${formatCount(nodes.length - rows, "node")} left)`}</Button>
        </div>
      ) : null}
    </ScrollRegion>
  );
}

function Sentences({ node, at }: { node: SceneNode; at: number }) {
  const [all, setAll] = useState(false);
  if (node.facts.length === 0) return <span className="text-faint">no facts</span>;
  const shown = all ? node.facts : node.facts.slice(0, SENTENCES);
  return (
    <>
      <ul className="flex max-w-[65ch] flex-col gap-1 font-serif text-[0.9375rem]">
        {shown.map((fact) => (
          <li key={fact.uuid} dir="auto">
            {fact.fact} {getStanding(fact, at) === "over" ? <Tag tone="ended">over</Tag> : null}
          </li>
        ))}
      </ul>
      {node.facts.length > SENTENCES ? (
        <button type="button" className="mt-1 text-xs text-river hover:underline" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${node.facts.length} facts`}
        </button>
      ) : null}
    </>
  );
}

const ORDER: Record<Sort, (a: SceneNode, b: SceneNode) => number> = {
  name: (a, b) => a.name.localeCompare(b.name, "en"),
  kind: (a, b) => a.kind.localeCompare(b.kind, "en") || a.name.localeCompare(b.name, "en"),
  facts: (a, b) => b.facts.length - a.facts.length || a.name.localeCompare(b.name, "en"),
};
