import cytoscape from "cytoscape";
import "#bench/graph/drawn.ts";

globalThis.drawGraph = (place, view) => {
  cytoscape({
    container: place,
    elements: [
      ...view.nodes.map(({ uuid, name, x, y }) => ({ data: { id: uuid, name }, position: { x: x ?? 0, y: y ?? 0 } })),
      ...view.facts.map(({ uuid, source, target }) => ({ data: { id: uuid, source, target } })),
    ],
    layout: { name: "preset" },
    style: [
      { selector: "node", style: { label: "data(name)", width: 12, height: 12, "min-zoomed-font-size": 8 } },
      { selector: "edge", style: { width: 1, "line-color": "#ccc" } },
    ],
  });
};
