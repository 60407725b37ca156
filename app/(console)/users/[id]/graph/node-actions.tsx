import { useRef, useState } from "react";
import { type FoundNode, NodeFinder } from "#components/graph/node-finder.tsx";
import { Button } from "#components/ui/button.tsx";

/** The commands for the selected node. A command that does not apply to this node is left out. */
export interface NodeCommands {
  open?: () => void;
  /** Takes back the opening. */
  close?: () => void;
  pin?: () => void;
  unpin?: () => void;
  hide?: () => void;
  pathTo: (node: FoundNode) => void;
}

/** The selected node's buttons, each with the key that does the same. */
export function NodeActions({ user, uuid, commands }: { user: string; uuid: string; commands: NodeCommands }) {
  const [asking, setAsking] = useState<string | null>(null);
  const asker = useRef<HTMLButtonElement>(null);
  const closeFinder = () => {
    setAsking(null);
    asker.current?.focus();
  };
  const buttons = [
    { label: "Show neighbours", keys: "x", run: commands.open },
    { label: "Take neighbours back", keys: "x", run: commands.close },
    { label: "Pin", keys: "p", run: commands.pin },
    { label: "Unpin", keys: "p", run: commands.unpin },
    { label: "Hide", keys: "h", run: commands.hide },
  ];
  return (
    <div className="flex flex-wrap gap-2">
      {buttons.map(({ label, keys, run }) =>
        run ? (
          <Button key={keys} onClick={run} aria-keyshortcuts={keys}>
            {label}
          </Button>
        ) : null,
      )}
      <Button ref={asker} aria-expanded={asking === uuid} onClick={() => setAsking(asking === uuid ? null : uuid)}>
        Path to …
      </Button>
      {asking === uuid ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape only closes what the button above opened
        <div data-field-open className="w-full" onKeyDown={({ key }) => key === "Escape" && closeFinder()}>
          <NodeFinder
            label="Find the other end"
            autoFocus
            path={`/users/${user}/graph/find`}
            onPick={(node) => {
              closeFinder();
              commands.pathTo(node);
            }}
          />
        </div>
      ) : null}
    </div>
  );
}
