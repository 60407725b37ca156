import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Camera } from "#components/graph/camera.ts";
import { listFactSentences } from "#components/graph/hover-card.tsx";
import { Picture } from "#components/graph/picture.ts";
import type { Scene } from "#components/graph/scene.ts";
import { StaticFallback } from "#components/graph/static-fallback.tsx";
import type { Marks } from "#components/graph/styling.ts";
import type { GraphView, Places } from "#lib/graph/view/picture/schema.ts";

export interface CanvasProps {
  view: GraphView;
  scene: Scene;
  marks: Marks;
  camera: Camera | null;
  onSelect: (uuid: string | null) => void;
  onHover: (uuid: string | null) => void;
  onCamera: (camera: Camera) => void;
  onPlaces: (places: Places["places"]) => unknown;
  /** Hands out the picture, to be flown over and zoomed; null where there is none. */
  onReady: (picture: Picture | null) => void;
}

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};
const STEP = 0.15;

/**
 * The picture of a graph. The arrow keys move from node to node, a live region describes each node, and an SVG replaces it
 * where WebGL is missing.
 */
export function Canvas(props: CanvasProps) {
  const { view, scene, marks, onSelect, onHover } = props;
  const id = useId();
  const { container, picture, missing } = usePicture(props);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    if (direction && event.shiftKey) picture?.pan(direction.x * STEP, -direction.y * STEP);
    else if (direction)
      onHover(picture?.findNodeBeside(marks.hovered ?? marks.selected ?? view.centre, direction) ?? view.centre);
    else if (event.key === "Enter") onSelect(marks.hovered ?? view.centre);
    else if (event.key === "Escape") {
      onHover(null);
      onSelect(null);
    } else return;
    event.preventDefault();
  };
  const hovered = marks.hovered ? scene.nodes.get(marks.hovered) : undefined;
  return (
    <>
      <div
        role="application"
        aria-label="Graph"
        aria-describedby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is operated by its own keys once it has the focus
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => onHover(null)}
        className="absolute inset-0 touch-none rounded-lg outline-offset-[-2px]"
      >
        {missing ? (
          <StaticFallback view={view} scene={scene} marks={marks} onSelect={onSelect} onHover={onHover} />
        ) : null}
        <div ref={container} className="absolute inset-0" />
      </div>
      <p id={id} className="sr-only">
        Arrow keys step from node to node, Shift and arrows move the picture, Enter opens a node, Escape lets go. The
        table shows the same.
      </p>
      <p aria-live="polite" className="sr-only">
        {hovered ? `${hovered.name}, ${hovered.kind}. ${listFactSentences(hovered, scene.at).join(" ")}` : ""}
      </p>
    </>
  );
}

/** Keeps a picture for as long as the container is there, and tells it of every change. */
function usePicture({ view, scene, marks, camera, ...told }: CanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [missing, setMissing] = useState(false);
  const latest = useRef({ view, scene, camera, ...told });
  latest.current = { view, scene, camera, ...told };
  const drawn = useRef<GraphView>(view);
  useEffect(() => {
    const place = container.current;
    if (!place) return;
    const made = drawPicture(place, latest);
    drawn.current = latest.current.view;
    setPicture(made);
    setMissing(made === null);
    latest.current.onReady(made);
    const recolourPicture = () => made?.recolour();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", recolourPicture);
    const theme = new MutationObserver(recolourPicture);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => {
      dark.removeEventListener("change", recolourPicture);
      theme.disconnect();
      made?.kill();
      latest.current.onReady(null);
    };
  }, []);
  useEffect(() => {
    if (drawn.current === view) picture?.show(scene, marks);
    else picture?.replaceView(view, scene, marks);
    drawn.current = view;
  }, [picture, view, scene, marks]);
  return { container, picture, missing };
}

type Latest = { current: Omit<CanvasProps, "marks"> };

/** @returns null where the browser draws no WebGL. */
function drawPicture(place: HTMLElement, latest: Latest): Picture | null {
  const { view, scene, camera } = latest.current;
  try {
    return new Picture(place, view, scene, {
      camera,
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
      onSelect: (uuid) => latest.current.onSelect(uuid),
      onHover: (uuid) => latest.current.onHover(uuid),
      onCamera: (state) => latest.current.onCamera(state),
      onPlaces: (places) => void latest.current.onPlaces(places),
    });
  } catch {
    place.replaceChildren();
    return null;
  }
}
