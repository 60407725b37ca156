import type { GraphView } from "#lib/graph-view/schema.ts";

declare global {
  var drawGraph: (place: HTMLElement, view: GraphView) => void;
}
