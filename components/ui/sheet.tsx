import { lazy, type ReactNode } from "react";
import { Layer, type LayerProps, type Trigger } from "#components/ui/layer.tsx";

export interface SheetProps extends LayerProps {
  title: string;
  trigger: Trigger;
  children: ReactNode;
}

const SheetLayer = lazy(async () => ({ default: (await import("#components/ui/sheet-layer.tsx")).SheetLayer }));

/** A column that slides in from the side where there is no room to show it always. */
export function Sheet(props: SheetProps) {
  return (
    <Layer {...props} opens="dialog">
      {(layer) => <SheetLayer {...props} {...layer} />}
    </Layer>
  );
}
