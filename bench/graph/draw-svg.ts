import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import "#bench/graph/drawn.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

interface Body extends SimulationNodeDatum {
  id: string;
  name: string;
}

interface Bond extends SimulationLinkDatum<Body> {
  source: Body;
  target: Body;
  /** What its facts say, one curve each. */
  names: string[];
}

/**
 * A force view in SVG that does what the original's viewer does (getzep/zep-graph-visualization, `Graph.tsx` at 1d93032), with
 * forces of the same strengths: a curve and a plate with words for every fact, a circle with a shadow and a name for every
 * node, and on every tick, one fact after the other, the middle and the size of the words measured from the page just
 * written to. It is kinder in one thing: nodes and facts are looked up by key, where the original searches a list.
 */
globalThis.drawGraph = (place, view) => {
  const { bodies, bonds } = joinFacts(view);
  const svg = select(place).append("svg").attr("viewBox", "0 0 1280 800").attr("width", "100%").attr("height", "100%");
  const stage = svg.append("g");
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.1, 4])
    .on("zoom", ({ transform }) => stage.attr("transform", transform));
  svg.call(zooming).call(zooming.transform, zoomIdentity.scale(0.8));

  const groups = stage.append("g").selectAll<SVGGElement, Bond>("g").data(bonds).join("g");
  const curves = groups.nodes().map((group, index) => (bonds[index]?.names ?? []).map((name) => drawFact(group, name)));
  const nodes = stage.append("g").selectAll("g").data(bodies).join("g");
  nodes
    .append("circle")
    .attr("r", 10)
    .attr("fill", "#3b7ea1")
    .attr("stroke", "#1d2227")
    .attr("filter", "drop-shadow(0 2px 4px rgba(0,0,0,0.2))");
  nodes
    .append("text")
    .attr("x", 15)
    .attr("y", "0.3em")
    .attr("font-size", "12px")
    .text(({ name }) => name);

  forceSimulation(bodies)
    .force("link", forceLink(bonds).distance(200).strength(0.2))
    .force("charge", forceManyBody().strength(-3_000).distanceMin(20).distanceMax(500).theta(0.8))
    .force("center", forceCenter(640, 400).strength(0.05))
    .force("collide", forceCollide(50).strength(0.3).iterations(5))
    .velocityDecay(0.4)
    .alphaDecay(0.05)
    .on("tick", () => {
      for (const [index, bond] of bonds.entries())
        for (const [nth, curve] of (curves[index] ?? []).entries())
          placeCurve(curve, bond, getBend(nth, bond.names.length));
      nodes.attr("transform", ({ x, y }) => `translate(${x ?? 0},${y ?? 0})`);
    });
};

type Curve = ReturnType<typeof drawFact>;

/** The nodes of a view, and its facts by the two nodes that they join. */
function joinFacts(view: GraphView): { bodies: Body[]; bonds: Bond[] } {
  const bodies = new Map(view.nodes.map(({ uuid, name }): [string, Body] => [uuid, { id: uuid, name }]));
  const bonds = new Map<string, Bond>();
  for (const fact of view.facts) {
    const [source, target] = [bodies.get(fact.source), bodies.get(fact.target)];
    if (!source || !target) continue;
    const key = [source.id, target.id].sort().join();
    const bond = bonds.get(key) ?? { source, target, names: [] };
    bond.names.push(fact.name);
    bonds.set(key, bond);
  }
  return { bodies: [...bodies.values()], bonds: [...bonds.values()] };
}

function drawFact(group: SVGGElement, name: string) {
  const path = select(group).append("path").attr("stroke", "#ccc").attr("stroke-opacity", 0.6).attr("fill", "none");
  const plate = select(group).append("g");
  const ground = plate.append("rect").attr("rx", 4).attr("ry", 4).attr("fill", "#eee").attr("opacity", 0.9);
  const words = plate.append("text").attr("font-size", "8px").attr("text-anchor", "middle").text(name);
  words.attr("dominant-baseline", "middle").attr("pointer-events", "none");
  return { path, plate, ground, words };
}

/** How far one of several curves between two nodes leaves the straight line, as a share of its length. */
function getBend(nth: number, of: number): number {
  return of > 1 ? -0.2 + (nth * 0.4) / (of - 1) : 0;
}

function placeCurve({ path, plate, ground, words }: Curve, { source, target }: Bond, bent: number): void {
  const [fromX, fromY, toX, toY] = [source.x ?? 0, source.y ?? 0, target.x ?? 0, target.y ?? 0];
  const [right, down] = [toX - fromX, toY - fromY];
  const [viaX, viaY] = [(fromX + toX) / 2 - down * bent, (fromY + toY) / 2 + right * bent];
  path.attr("d", `M${fromX},${fromY} Q${viaX},${viaY} ${toX},${toY}`);
  const [line, text] = [path.node(), words.node()];
  if (!line || !text) return;
  const middle = line.getPointAtLength(line.getTotalLength() / 2);
  const { width, height } = text.getBBox();
  const turn = (Math.atan2(down, right) * 180) / Math.PI;
  plate.attr("transform", `translate(${middle.x}, ${middle.y}) rotate(${Math.abs(turn) > 90 ? turn - 180 : turn})`);
  ground
    .attr("x", -width / 2 - 6)
    .attr("y", -height / 2 - 4)
    .attr("width", width + 12)
    .attr("height", height + 8);
  words.attr("x", 0).attr("y", 0);
}
