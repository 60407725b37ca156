import { Popover as Base } from "@base-ui/react/popover";
import { useRef } from "react";
import type { OpenedLayer } from "#components/ui/layer.tsx";
import type { PopoverProps } from "#components/ui/popover.tsx";

/** A panel as the library draws it. */
export function PopoverLayer({ title, trigger, children, id, open, onOpenChange }: PopoverProps & OpenedLayer) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger id={id} render={trigger} />
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={6} className="z-50 max-w-[calc(100vw-16px)]">
          <Base.Popup
            initialFocus={() => body.current?.querySelector<HTMLElement>("input, textarea, select") ?? true}
            className="rounded-lg border border-hairline bg-raised p-3 shadow-lg shadow-(color:--shadow) outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Base.Title className="mb-2 text-xs font-medium text-soft">{title}</Base.Title>
            <div ref={body}>{children}</div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
