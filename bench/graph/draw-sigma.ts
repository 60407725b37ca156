import Graph from "graphology";
import Sigma from "sigma";
import "#bench/graph/drawn.ts";

globalThis.drawGraph = (place, view) => {
  const graph = new Graph({ type: "undirected" });
  for (const { uuid, name, degree, x, y } of view.nodes)
    graph.addNode(uuid, { x, y, label: name, size: 3 + Math.sqrt(degree), color: "#3b7ea1" });
  for (const { source, target } of view.facts) graph.mergeEdge(source, target, { size: 1, color: "#ccc" });
  new Sigma(graph, place);
};
