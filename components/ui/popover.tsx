"use client";

import { lazy, type ReactNode } from "react";
import { Layer, type LayerProps, type Trigger } from "#components/ui/layer.tsx";

export interface PopoverProps extends LayerProps {
  title: string;
  trigger: Trigger;
  children: ReactNode;
}

const PopoverLayer = lazy(async () => ({ default: (await import("#components/ui/popover-layer.tsx")).PopoverLayer }));

/** A small panel beside what opened it; a form begins in its first field. */
export function Popover(props: PopoverProps) {
  return (
    <Layer {...props} opens="dialog">
      {(layer) => <PopoverLayer {...props} {...layer} />}
    </Layer>
  );
}
