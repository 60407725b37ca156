import Graph from "graphology";
import { inferSettings } from "graphology-layout-forceatlas2";
import Forces from "graphology-layout-forceatlas2/worker";
import type { Place } from "#components/graph/places.ts";

/** How long the layout forces may run before the picture is shown as it is. */
const BUDGET_MS = 1_500;
/** So many nodes or lines are copied in one go. */
const PIECE = 2_000;

/**
 * Runs the layout forces on a copy of the graph in a worker, for a limited time, so that neither the picture nor the page
 * waits for them. Nodes marked `fixed` do not move.
 * @returns the new place of every node, or null when it was cancelled.
 */
export async function arrangeNodes(graph: Graph, signal: AbortSignal): Promise<Map<string, Place> | null> {
  // Each step is its own task. Together they would block the page.
  const copy = await copyGraph(graph, signal);
  if (!copy) return null;
  const settings = {
    ...inferSettings(copy.order),
    barnesHutOptimize: copy.order > 1_000,
    adjustSizes: copy.order <= 500,
  };
  await waitForNextTask();
  const forces = new Forces(copy, { settings, getEdgeWeight: null });
  await waitForNextTask();
  forces.start();
  await new Promise<void>((resolve) => {
    setTimeout(resolve, BUDGET_MS);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  forces.stop();
  await waitForNextTask();
  const places = signal.aborted ? null : readPlaces(copy);
  forces.kill();
  await waitForNextTask();
  return signal.aborted ? null : places;
}

/** A copy made piece by piece; null when it was called off. */
async function copyGraph(graph: Graph, signal: AbortSignal): Promise<Graph | null> {
  const copy = new Graph({ type: graph.type, multi: graph.multi });
  const steps = [
    ...graph.mapNodes((uuid, attributes) => () => copy.addNode(uuid, { ...attributes })),
    ...graph.mapEdges((key, _, source, target) => () => copy.addEdgeWithKey(key, source, target)),
  ];
  for (let done = 0; done < steps.length; done += PIECE) {
    await waitForNextTask();
    if (signal.aborted) return null;
    for (const step of steps.slice(done, done + PIECE)) step();
  }
  return copy;
}

/** Gives the browser time to handle other work between two steps. */
export function waitForNextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function readPlaces(graph: Graph): Map<string, Place> {
  return new Map(graph.mapNodes((uuid, { x, y }): [string, Place] => [uuid, { x: Number(x), y: Number(y) }]));
}
