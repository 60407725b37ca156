"use client";

import type { Dialog as Base } from "@base-ui/react/dialog";
import { createContext, lazy, type ReactNode, use } from "react";
import { Button } from "#components/ui/button.tsx";
import { Layer, type LayerProps } from "#components/ui/layer.tsx";

export interface DialogProps extends LayerProps {
  title: string;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

const DialogLayer = lazy(async () => ({ default: (await import("#components/ui/dialog-layer.tsx")).DialogLayer }));

/**
 * A question or form in front of the page; a form begins in its first field. A click beside it loses nothing: Escape and the cross close it; focus returns to where it came from.
 */
export function Dialog(props: DialogProps) {
  return (
    <Layer {...props} opens="dialog">
      {(layer) => <DialogLayer {...props} {...layer} />}
    </Layer>
  );
}

/** The library's parts, which arrive with the dialog that they stand in. */
export const DialogParts = createContext<Pick<typeof Base, "Close"> | null>(null);

interface DialogActionsProps {
  /** What the way out is called, which is always there and changes nothing. */
  cancel?: string;
  children?: ReactNode;
}

/** The row of buttons that ends a dialog. @throws Error outside a dialog. */
export function DialogActions({ cancel = "Cancel", children }: DialogActionsProps) {
  const parts = use(DialogParts);
  if (!parts) throw new Error("the buttons that end a dialog stand in one");
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      <parts.Close render={<Button>{cancel}</Button>} />
      {children}
    </div>
  );
}
