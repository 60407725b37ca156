"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { type Trigger, TriggerPlaceholder, useIsHydrated } from "#components/ui/hydration.tsx";

interface DialogProps {
  title: string;
  description?: ReactNode;
  /** What opens it; leave out when `open` is driven from outside. */
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
  children: ReactNode;
}

/**
 * A question or form in front of the page; a form begins in its first field. A click beside it loses nothing: Escape and the cross close it; focus returns to where it came from.
 */
export function Dialog({ title, description, trigger, open, onOpenChange, wide = false, children }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (open && document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
  }, [open]);
  const id = useId();
  if (!useIsHydrated()) return trigger ? <TriggerPlaceholder id={id} trigger={trigger} opens="dialog" /> : null;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal>
      {trigger ? <Base.Trigger id={id} render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-ink/25 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-sunk/70" />
        <Base.Popup
          finalFocus={() => (opener.current?.isConnected ? opener.current : focusWhereItWas())}
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
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * When what opened a dialog is gone, the list it stood in takes the focus, else the page.
 * @returns false, which tells Base UI to leave the focus there: by itself it goes on to the first button inside.
 */
function focusWhereItWas(): false {
  (document.querySelector<HTMLElement>("[data-takes-focus]") ?? document.getElementById("content"))?.focus();
  return false;
}

interface DialogActionsProps {
  /** What the way out is called, which is always there and changes nothing. */
  cancel?: string;
  children?: ReactNode;
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ cancel = "Cancel", children }: DialogActionsProps) {
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      <Base.Close render={<Button>{cancel}</Button>} />
      {children}
    </div>
  );
}
