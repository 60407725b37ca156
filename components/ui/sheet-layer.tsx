import { Dialog as Base } from "@base-ui/react/dialog";
import type { OpenedLayer } from "#components/ui/layer.tsx";
import type { SheetProps } from "#components/ui/sheet.tsx";

/** A sheet as the library draws it. */
export function SheetLayer({ title, trigger, children, id, open, onOpenChange }: SheetProps & OpenedLayer) {
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
