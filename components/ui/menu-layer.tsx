"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { OpenedLayer } from "#components/ui/layer.tsx";
import { MenuParts, type MenuProps } from "#components/ui/menu.tsx";

/** A menu as the library draws it. */
export function MenuLayer({
  trigger,
  side = "bottom",
  align = "start",
  children,
  id,
  open,
  onOpenChange,
}: MenuProps & OpenedLayer) {
  return (
    <Base.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Base.Trigger id={id} render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Base.Popup className="min-w-48 rounded-lg border border-hairline bg-raised p-1 shadow-lg shadow-(color:--shadow) outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <MenuParts value={Base}>{children}</MenuParts>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
