import { Crosshair, Maximize2, Minus, Plus, Shuffle } from "lucide-react";
import type { Explorer } from "#app/(console)/users/[id]/graph/use-explorer.ts";
import { IconButton } from "#components/ui/button.tsx";

/** Buttons that move the camera, placed over a corner of the picture. */
export function PictureTools({ look }: Pick<Explorer, "look">) {
  const tools = [
    { label: "Zoom in", Icon: Plus, run: look.closer },
    { label: "Zoom out", Icon: Minus, run: look.farther },
    { label: "Fit everything in", Icon: Maximize2, run: look.fit },
    { label: "Fly to the selected node", Icon: Crosshair, run: look.fly },
    { label: "Arrange anew", Icon: Shuffle, run: look.rearrange },
  ];
  return (
    <div className="absolute right-2 bottom-2 z-20 flex flex-col rounded-lg border bg-raised/90 max-sm:flex-row">
      {tools.map(({ label, Icon, run }) => (
        <IconButton key={label} label={label} onClick={run}>
          <Icon size={16} aria-hidden />
        </IconButton>
      ))}
    </div>
  );
}
