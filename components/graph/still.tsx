import { useMemo } from "react";
import { kindColour } from "#components/graph/kinds.ts";
import type { Marks } from "#components/graph/looks.ts";
import { placesOf } from "#components/graph/places.ts";
import type { Scene } from "#components/graph/scene.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

interface StillProps {
  view: GraphView;
  scene: Scene;
  marks: Marks;
  onSelect: (uuid: string | null) => void;
  onLook: (uuid: string | null) => void;
}

const NOWHERE = { x: 0, y: 0 };
/** More names than this cover each other. */
const NAMED = 60;

/** The graph as a plain drawing, for browsers that draw no WebGL. The keyboard and the table do what the pointer cannot. */
export function Still({ view, scene, marks, onSelect, onLook }: StillProps) {
  const places = useMemo(() => placesOf(view), [view]);
  const at = (uuid: string) => places.get(uuid) ?? NOWHERE;
  const reach = Math.max(120, ...[...places.values()].flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)])) + 40;
  return (
    <svg
      viewBox={`${-reach} ${-reach} ${2 * reach} ${2 * reach}`}
      className="absolute inset-0 z-10 size-full"
      aria-hidden
      onPointerMove={({ target }) => onLook(nodeAt(target))}
      onPointerLeave={() => onLook(null)}
      onClick={({ target }) => onSelect(nodeAt(target))}
    >
      {[...scene.links.values()].map(({ key, source, target, standing }) => (
        <line
          key={key}
          x1={at(source).x}
          y1={-at(source).y}
          x2={at(target).x}
          y2={-at(target).y}
          className={standing === "over" ? "stroke-hairline" : "stroke-edge"}
          strokeDasharray={standing === "over" ? "4 4" : undefined}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {[...scene.nodes.values()].map(({ uuid, name, kind, standing }, index) => (
        <g
          key={uuid}
          transform={`translate(${at(uuid).x} ${-at(uuid).y})`}
          data-node={uuid}
          opacity={standing === "over" ? 0.5 : 1}
        >
          <circle
            r={uuid === view.centre ? 14 : 7}
            fill={`var(${kindColour(kind)})`}
            className={uuid === marks.selected || uuid === marks.looked ? "stroke-ink" : undefined}
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

function nodeAt(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest("[data-node]")?.getAttribute("data-node") ?? null) : null;
}
