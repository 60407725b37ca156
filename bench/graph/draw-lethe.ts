import { Picture } from "#components/graph/picture.ts";
import { buildScene } from "#components/graph/scene.ts";
import "#bench/graph/drawn.ts";

const NOTHING = new Set<string>();

globalThis.drawGraph = (place, view) => {
  const all = {
    kinds: NOTHING,
    relations: NOTHING,
    hidden: NOTHING,
    at: Date.now(),
    past: true,
    depth: null,
    focus: null,
  };
  const scene = buildScene(view, all);
  const ignoreCall = () => undefined;
  const told = { onSelect: ignoreCall, onHover: ignoreCall, onCamera: ignoreCall, onPlaces: ignoreCall };
  const picture = new Picture(place, view, scene, { camera: null, still: false, ...told });
  picture.show(scene, { selected: null, hovered: null, path: [] });
};
