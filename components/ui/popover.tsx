"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { type ReactNode, useId, useRef } from "react";
import { type Trigger, TriggerPlaceholder, useIsHydrated } from "#components/ui/hydration.tsx";

interface PopoverProps {
  title: string;
  trigger: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/** A small panel beside what opened it; a form begins in its first field. */
export function Popover({ title, trigger, open, onOpenChange, children }: PopoverProps) {
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  if (!useIsHydrated()) return <TriggerPlaceholder id={id} trigger={trigger} opens="dialog" />;
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
