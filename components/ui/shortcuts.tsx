"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

interface Shortcut {
  /** One key ("/"), or two pressed one after the other ("g u"). */
  keys: string;
  label: string;
  run: () => void;
}

const Registry = createContext<Map<string, Shortcut> | null>(null);

/** Whatever is open takes the keys: a dialog, popover, menu or list, or a field that an action has opened. */
const OPEN_LAYER = ":is([role=dialog], [role=menu], [role=listbox])[data-open], [data-field-open]";

/** How long the second key of a pair may take. */
const PAIR_MS = 900;

/** Knows every shortcut of what is on screen, listens for them, and lists them when `?` is pressed. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new Map<string, Shortcut>());
  const [listed, setListed] = useState<Shortcut[] | null>(null);
  useEffect(() => {
    let before = { key: "", at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector(OPEN_LAYER)) return;
      if (event.key === "?") return setListed([...registry.values()]);
      const pair = event.timeStamp - before.at < PAIR_MS ? registry.get(`${before.key} ${event.key}`) : undefined;
      const shortcut = pair ?? registry.get(event.key);
      before = { key: event.key, at: event.timeStamp };
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [registry]);
  return (
    <Registry value={registry}>
      {children}
      <Dialog title="Keyboard" open={listed !== null} onOpenChange={(open) => !open && setListed(null)}>
        <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2">
          {[...(listed ?? []), { keys: "?", label: "Show this list" }].map((shortcut) => (
            <div key={shortcut.keys} className="contents">
              <dt>{shortcut.label}</dt>
              <dd className="flex gap-1">
                {shortcut.keys.split(" ").map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </Registry>
  );
}

/** Offers a shortcut while the component is on screen. Ignored while someone types or a dialog is open. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const registry = useContext(Registry);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    registry?.set(keys, { keys, label, run: () => latest.current() });
    return () => void registry?.delete(keys);
  }, [registry, keys, label]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select");
}
