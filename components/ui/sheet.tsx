"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, useId } from "react";
import { type Trigger, TriggerPlaceholder, useIsHydrated } from "#components/ui/hydration.tsx";

interface SheetProps {
  title: string;
  trigger: Trigger;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** A column that slides in from the side where there is no room to show it always. */
export function Sheet({ title, trigger, open, onOpenChange, children }: SheetProps) {
  const id = useId();
  if (!useIsHydrated()) return <TriggerPlaceholder id={id} trigger={trigger} opens="dialog" />;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger id={id} render={trigger} />
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-ink/25 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-sunk/70" />
        <Base.Popup className="fixed inset-y-0 left-0 z-50 w-64 overflow-y-auto border-r bg-sunk outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
