import type { GraphView } from "#lib/graph/view/picture/schema.ts";

declare global {
  var drawGraph: (place: HTMLElement, view: GraphView) => void;
}
