import { forceCenter, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from "d3-force";
import { select } from "d3-selection";
import { zoom } from "d3-zoom";
import "#bench/graph/drawn.ts";

interface Body extends SimulationNodeDatum {
  id: string;
  name: string;
}

/**
 * A force view in SVG that draws what the original's viewer draws: a path and a plate with words for every fact, the plate
 * turned along the path and as large as its words measure, and a circle with a shadow and a name for every node. Unlike the
 * original it measures all words at once on every tick, which is much quicker than one by one.
 */
globalThis.drawGraph = (place, view) => {
  const bodies: Body[] = view.nodes.map(({ uuid, name }) => ({ id: uuid, name }));
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const links = view.facts.flatMap(({ source, target, name }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    return from && to ? [{ source: from, target: to, name }] : [];
  });
  const svg = select(place).append("svg").attr("width", "100%").attr("height", "100%");
  const stage = svg.append("g");
  svg.call(
    zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.01, 8])
      .on("zoom", ({ transform }) => stage.attr("transform", transform)),
  );
  const facts = stage.selectAll<SVGGElement, unknown>(".fact").data(links).join("g").attr("class", "fact");
  facts.append("path").attr("stroke", "#ccc").attr("stroke-opacity", 0.6).attr("fill", "none");
  const plates = facts.append("g").attr("class", "plate");
  const grounds = plates.append("rect").attr("rx", 4).attr("fill", "#fff").attr("opacity", 0.9);
  const words = plates
    .append("text")
    .attr("font-size", 8)
    .attr("text-anchor", "middle")
    .text(({ name }) => name);
  const nodes = stage.selectAll(".node").data(bodies).join("g").attr("class", "node");
  nodes.append("circle").attr("r", 10).attr("fill", "#3b7ea1").attr("filter", "drop-shadow(0 2px 4px rgba(0,0,0,.2))");
  nodes
    .append("text")
    .attr("x", 15)
    .attr("font-size", 12)
    .text(({ name }) => name);
  forceSimulation(bodies)
    .force("link", forceLink(links).distance(80))
    .force("charge", forceManyBody().strength(-120))
    .force("center", forceCenter(640, 400))
    .on("tick", () => {
      const bends = facts.nodes().map((group, index) => {
        const link = links[index];
        const [fromX, fromY] = [link?.source.x ?? 0, link?.source.y ?? 0];
        const [right, down] = [(link?.target.x ?? 0) - fromX, (link?.target.y ?? 0) - fromY];
        group.firstElementChild?.setAttribute(
          "d",
          `M${fromX},${fromY} q${right / 2 - down * 0.1},${down / 2 + right * 0.1} ${right},${down}`,
        );
        const turn = (Math.atan2(down, right) * 180) / Math.PI;
        const middle = { x: fromX + right / 2 - down * 0.05, y: fromY + down / 2 + right * 0.05 };
        return { ...middle, turn: Math.abs(turn) > 90 ? turn - 180 : turn };
      });
      const sizes = words.nodes().map((text) => text.getBBox());
      plates.attr("transform", (_, index) => {
        const bend = bends[index];
        return bend ? `translate(${bend.x}, ${bend.y}) rotate(${bend.turn})` : null;
      });
      grounds
        .attr("x", (_, index) => -(sizes[index]?.width ?? 0) / 2 - 6)
        .attr("y", (_, index) => -(sizes[index]?.height ?? 0) / 2 - 4)
        .attr("width", (_, index) => (sizes[index]?.width ?? 0) + 12)
        .attr("height", (_, index) => (sizes[index]?.height ?? 0) + 8);
      nodes.attr("transform", ({ x, y }) => `translate(${x ?? 0},${y ?? 0})`);
    });
};
