import Graph from "graphology";
import { inferSettings } from "graphology-layout-forceatlas2";
import Forces from "graphology-layout-forceatlas2/worker";
import type { Place } from "#components/graph/places.ts";

/** How long forces may work before the picture is taken as it is. */
const BUDGET_MS = 1_500;
/** So many nodes or lines are copied in one go. */
const PIECE = 2_000;

/**
 * Lets forces work on a copy of a graph in a worker, for a limited time, so that neither the picture nor the page waits for
 * them. Nodes marked `fixed` stay where they are.
 * @returns where every node came to stand, or null when it was called off.
 */
export async function arrange(graph: Graph, signal: AbortSignal): Promise<Map<string, Place> | null> {
  // Each step is a task of its own: together they would hold the page up.
  const copy = await copyOf(graph, signal);
  if (!copy) return null;
  const settings = {
    ...inferSettings(copy.order),
    barnesHutOptimize: copy.order > 1_000,
    adjustSizes: copy.order <= 500,
  };
  await nextTask();
  const forces = new Forces(copy, { settings, getEdgeWeight: null });
  await nextTask();
  forces.start();
  await new Promise<void>((resolve) => {
    setTimeout(resolve, BUDGET_MS);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  forces.stop();
  await nextTask();
  const places = signal.aborted ? null : placesIn(copy);
  forces.kill();
  await nextTask();
  return signal.aborted ? null : places;
}

/** A copy made piece by piece; null when it was called off. */
async function copyOf(graph: Graph, signal: AbortSignal): Promise<Graph | null> {
  const copy = new Graph({ type: graph.type, multi: graph.multi });
  const steps = [
    ...graph.mapNodes((uuid, attributes) => () => copy.addNode(uuid, { ...attributes })),
    ...graph.mapEdges((key, _, source, target) => () => copy.addEdgeWithKey(key, source, target)),
  ];
  for (let done = 0; done < steps.length; done += PIECE) {
    await nextTask();
    if (signal.aborted) return null;
    for (const step of steps.slice(done, done + PIECE)) step();
  }
  return copy;
}

/** Lets the page breathe between two pieces of work. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function placesIn(graph: Graph): Map<string, Place> {
  return new Map(graph.mapNodes((uuid, { x, y }): [string, Place] => [uuid, { x: Number(x), y: Number(y) }]));
}
