import type Sigma from "sigma";
import { EdgeRectangleProgram } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

/**
 * Above this number of nodes, names and edges are hidden while the picture moves, fewer names are shown, and nothing is
 * animated.
 */
export const MANY = 300;

/**
 * Draws the edges, and leaves them out of a large picture while it moves. Sigma's own `hideEdgesOnMove` computes every node
 * and edge again at the end of a drag, and does not handle touch.
 */
export class EdgeProgram extends EdgeRectangleProgram {
  override render(params: RenderParams): void {
    if (this.renderer.getGraph().order <= MANY || !isMoving(this.renderer)) super.render(params);
  }
}

function isMoving(sigma: Sigma): boolean {
  const [mouse, touch] = [sigma.getMouseCaptor(), sigma.getTouchCaptor()];
  const dragged = mouse.isMoving || mouse.draggedEvents > 0 || mouse.currentWheelDirection !== 0;
  return dragged || touch.isMoving || sigma.getCamera().isAnimated();
}
