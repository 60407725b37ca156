import { useMemo } from "react";
import { getKindColour } from "#components/graph/kinds.ts";
import { computePlaces } from "#components/graph/places.ts";
import type { Scene } from "#components/graph/scene.ts";
import type { Marks } from "#components/graph/styling.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

interface StaticFallbackProps {
  view: GraphView;
  scene: Scene;
  marks: Marks;
  onSelect: (uuid: string | null) => void;
  onHover: (uuid: string | null) => void;
}

const NOWHERE = { x: 0, y: 0 };
/** More names than this cover each other. */
const NAMED = 60;

/** The graph as a plain drawing, for browsers that draw no WebGL. The keyboard and the table do what the pointer cannot. */
export function StaticFallback({ view, scene, marks, onSelect, onHover }: StaticFallbackProps) {
  const places = useMemo(() => computePlaces(view), [view]);
  const getPlace = (uuid: string) => places.get(uuid) ?? NOWHERE;
  const reach = Math.max(120, ...[...places.values()].flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)])) + 40;
  return (
    <svg
      viewBox={`${-reach} ${-reach} ${2 * reach} ${2 * reach}`}
      className="absolute inset-0 z-10 size-full"
      aria-hidden
      onPointerMove={({ target }) => onHover(findNodeAt(target))}
      onPointerLeave={() => onHover(null)}
      onClick={({ target }) => onSelect(findNodeAt(target))}
    >
      {[...scene.links.values()].map(({ key, source, target, standing }) => (
        <line
          key={key}
          x1={getPlace(source).x}
          y1={-getPlace(source).y}
          x2={getPlace(target).x}
          y2={-getPlace(target).y}
          className={standing === "over" ? "stroke-hairline" : "stroke-edge"}
          strokeDasharray={standing === "over" ? "4 4" : undefined}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {[...scene.nodes.values()].map(({ uuid, name, kind, standing }, index) => (
        <g
          key={uuid}
          transform={`translate(${getPlace(uuid).x} ${-getPlace(uuid).y})`}
          data-node={uuid}
          opacity={standing === "over" ? 0.5 : 1}
        >
          <circle
            r={uuid === view.centre ? 14 : 7}
            fill={`var(${getKindColour(kind)})`}
            className={uuid === marks.selected || uuid === marks.hovered ? "stroke-ink" : undefined}
            strokeWidth={3}
          />
          {index < NAMED ? (
            <text x={12} y={4} className="fill-ink text-xs">
              {name}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  );
}

function findNodeAt(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest("[data-node]")?.getAttribute("data-node") ?? null) : null;
}
