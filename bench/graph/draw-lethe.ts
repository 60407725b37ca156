import { Picture } from "#components/graph/picture.ts";
import { sceneOf } from "#components/graph/scene.ts";
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
  const scene = sceneOf(view, all);
  const ignored = () => undefined;
  const told = { onSelect: ignored, onLook: ignored, onCamera: ignored, onPlaces: ignored };
  const picture = new Picture(place, view, scene, { camera: null, still: false, ...told });
  picture.show(scene, { selected: null, looked: null, path: [] });
};
