import { KindDot } from "#components/graph/kind-dot.tsx";
import { findKind } from "#components/graph/kinds.ts";
import { formatCount } from "#lib/format.ts";
import type { ViewNode } from "#lib/graph/view/picture/schema.ts";

interface MentionedProps {
  nodes: ViewNode[];
  selected: string | null;
  onSelect: (uuid: string) => void;
}

/** Who and what was spoken of without anything being known of them: by name, and not in the picture. */
export function Mentioned({ nodes, selected, onSelect }: MentionedProps) {
  if (nodes.length === 0) return null;
  return (
    <details className="text-xs text-soft">
      <summary className="cursor-pointer hover:text-ink">
        {`${formatCount(nodes.length, "node")} mentioned, of which nothing is known`}
      </summary>
      <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1">
        {nodes.map((node) => (
          <li key={node.uuid}>
            <button
              type="button"
              aria-pressed={node.uuid === selected}
              className="inline-flex min-h-6 items-center gap-1.5 hover:text-river hover:underline aria-pressed:text-river"
              onClick={() => onSelect(node.uuid)}
            >
              <KindDot kind={findKind(node)} />
              <span dir="auto">{node.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
