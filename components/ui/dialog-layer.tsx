"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { DialogParts, type DialogProps } from "#components/ui/dialog.tsx";
import type { OpenedLayer } from "#components/ui/layer.tsx";

/** A dialog as the library draws it. */
export function DialogLayer({
  title,
  description,
  trigger,
  wide = false,
  children,
  id,
  open,
  onOpenChange,
  opener,
}: DialogProps & OpenedLayer) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal>
      {trigger ? <Base.Trigger id={id} render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-ink/25 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-sunk/70" />
        <Base.Popup
          finalFocus={() => findFocusTaker(opener.current, id) ?? focusWhereItWas()}
          initialFocus={() => body.current?.querySelector<HTMLElement>("input, textarea, select")}
          className={`fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col rounded-xl border border-hairline bg-paper shadow-2xl shadow-(color:--shadow) outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 ${wide ? "max-w-2xl" : "max-w-md"}`}
        >
          <header className="flex items-start justify-between gap-4 border-b px-5 py-4">
            <div className="min-w-0">
              <Base.Title className="font-serif text-lg leading-6 font-semibold text-balance">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-1 text-sm text-soft">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close
              render={
                <IconButton label="Close">
                  <X size={16} aria-hidden />
                </IconButton>
              }
            />
          </header>
          <div ref={body} className="overflow-y-auto px-5 py-4">
            <DialogParts value={Base}>{children}</DialogParts>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What opened the dialog, or its trigger where that was a placeholder then. */
function findFocusTaker(opener: HTMLElement | null, id: string): HTMLElement | null {
  return opener?.isConnected && opener !== document.body ? opener : document.getElementById(id);
}

/**
 * When what opened a dialog is gone, the list it stood in takes the focus, else the page.
 * @returns false, which tells Base UI to leave the focus there: by itself it goes on to the first button inside.
 */
function focusWhereItWas(): false {
  (document.querySelector<HTMLElement>("[data-takes-focus]") ?? document.getElementById("content"))?.focus();
  return false;
}
