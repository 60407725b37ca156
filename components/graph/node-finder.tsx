import { Combobox } from "@base-ui/react/combobox";
import { type Ref, useEffect, useState } from "react";
import { KindDot } from "#components/graph/kind-dot.tsx";
import { findKind } from "#components/graph/kinds.ts";
import { readJson } from "#components/ui/read-json.ts";

export interface FoundNode {
  uuid: string;
  name: string;
  labels: string[];
}

interface NodeFinderProps {
  label: string;
  /** Where the names are looked up. */
  path: string;
  onPick: (node: FoundNode) => void;
  inputRef?: Ref<HTMLInputElement>;
  /** For a finder that an action has just opened. */
  autoFocus?: boolean;
}

/** Typing has to rest this long before anything is looked up. */
const REST_MS = 150;

/** Finds a node by any name it goes by, the whole graph over, and hands it out. */
export function NodeFinder({ label, path, onPick, inputRef, autoFocus }: NodeFinderProps) {
  const [text, setText] = useState("");
  const { found, state } = useNodeSearch(path, text.trim());
  return (
    <Combobox.Root<FoundNode>
      items={found}
      filteredItems={found}
      itemToStringLabel={({ name }) => name}
      value={null}
      inputValue={text}
      onInputValueChange={setText}
      onValueChange={(node) => {
        if (!node) return;
        setText("");
        onPick(node);
      }}
      autoHighlight
      openOnInputClick={false}
    >
      <Combobox.Input
        ref={inputRef}
        autoFocus={autoFocus}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        className="h-8 w-full rounded-md border border-edge bg-raised px-2.5 text-sm placeholder:text-faint pointer-coarse:h-10"
      />
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={6} align="start" className="z-50">
          <Combobox.Popup className="w-72 max-w-[calc(100vw-16px)] rounded-lg border border-hairline bg-raised p-1 shadow-lg shadow-(color:--shadow) outline-none">
            <Combobox.Status className="px-2.5 text-xs text-faint">
              {state === "found" ? null : <span className="block py-1.5">{WORDS[state]}</span>}
            </Combobox.Status>
            <Combobox.List>
              {(node: FoundNode) => (
                <Combobox.Item
                  key={node.uuid}
                  value={node}
                  className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2.5 py-1 text-sm outline-none select-none data-highlighted:bg-hover pointer-coarse:min-h-10"
                >
                  <KindDot kind={findKind(node)} />
                  <span dir="auto" className="min-w-0 flex-1 truncate">
                    {node.name}
                  </span>
                  <span className="text-xs text-faint">{findKind(node)}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

type SearchState = "empty" | "looking" | "found" | "nothing" | "failed";

const WORDS: Record<Exclude<SearchState, "found">, string> = {
  empty: "Type a name",
  looking: "Looking …",
  nothing: "Nothing here goes by that name",
  failed: "The names cannot be looked up just now",
};

function useNodeSearch(path: string, text: string): { found: FoundNode[]; state: SearchState } {
  const [answer, setAnswer] = useState<{ text: string; found: FoundNode[] | null }>({ text: "", found: [] });
  useEffect(() => {
    if (text === "") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const request = { method: "POST", body: JSON.stringify({ text }), signal: stop.signal };
      readJson<FoundNode[]>(path, request)
        .then((found) => setAnswer({ text, found }))
        .catch(() => !stop.signal.aborted && setAnswer({ text, found: null }));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, text]);
  if (text === "") return { found: [], state: "empty" };
  if (answer.found === null) return { found: [], state: answer.text === text ? "failed" : "looking" };
  if (answer.text !== text) return { found: answer.found, state: answer.found.length > 0 ? "found" : "looking" };
  return { found: answer.found, state: answer.found.length > 0 ? "found" : "nothing" };
}
