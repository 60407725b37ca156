import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Colours } from "#components/graph/colours.ts";
import type { LabelSpace } from "#components/graph/label-space.ts";

type Named = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
type Lettering = Pick<Settings, "labelFont" | "labelSize" | "labelWeight">;

const GAP = 4;

/**
 * A node's name beside it, where there is room, with a rim of paper, so that it can be read across lines. A name that has to
 * be told is told where there is none.
 */
export function drawName(
  context: CanvasRenderingContext2D,
  node: Named,
  letters: Lettering,
  { colours, room }: { colours: Colours; room: LabelSpace },
): void {
  if (!node.label) return;
  const usual = placeName(context, node, letters);
  const disc = { x: node.x, y: node.y, radius: node.size };
  const free = room.placeName(disc, context.measureText(node.label).width, letters.labelSize);
  if (free === null && !node.forceLabel) return;
  const { x, y } = free ?? usual;
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.readColour("--raised");
  context.strokeText(node.label, x, y);
  context.fillStyle = colours.readColour("--ink");
  context.fillText(node.label, x, y);
}

/** The name of what one looks at, on a plate of its own. */
export function drawNamePlate(
  context: CanvasRenderingContext2D,
  node: Named,
  letters: Lettering,
  colours: Colours,
): void {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 3, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = colours.readColour("--river");
  context.stroke();
  if (!node.label) return;
  const { x, y } = placeName(context, node, letters);
  const width = context.measureText(node.label).width;
  context.beginPath();
  context.roundRect(x - GAP, y - letters.labelSize - 1, width + 2 * GAP, letters.labelSize + 2 * GAP, 4);
  context.fillStyle = colours.readColour("--raised");
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.readColour("--edge");
  context.stroke();
  context.fillStyle = colours.readColour("--ink");
  context.fillText(node.label, x, y);
}

function placeName(context: CanvasRenderingContext2D, node: Named, { labelFont, labelSize, labelWeight }: Lettering) {
  context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
  return { x: node.x + node.size + GAP + 2, y: node.y + labelSize / 3 };
}
