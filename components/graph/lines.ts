import type Sigma from "sigma";
import { EdgeRectangleProgram } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

/** Past so many nodes names and lines are left out while the picture moves, fewer names are shown, and nothing glides to its place. */
export const MANY = 300;

/**
 * The lines between nodes, left out of a large picture while it moves. Sigma's own `hideEdgesOnMove` works every node and
 * line out again at the end of a drag, and knows no fingers.
 */
export class Lines extends EdgeRectangleProgram {
  override render(params: RenderParams): void {
    if (this.renderer.getGraph().order <= MANY || !isMoving(this.renderer)) super.render(params);
  }
}

function isMoving(sigma: Sigma): boolean {
  const [mouse, touch] = [sigma.getMouseCaptor(), sigma.getTouchCaptor()];
  const dragged = mouse.isMoving || mouse.draggedEvents > 0 || mouse.currentWheelDirection !== 0;
  return dragged || touch.isMoving || sigma.getCamera().isAnimated();
}
