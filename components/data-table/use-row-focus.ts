import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useShortcut } from "#components/ui/shortcuts.tsx";

interface RowFocusOptions {
  /** The rows on screen; a new list may have left out the row that has the focus. */
  rows: readonly unknown[] | undefined;
  waiting: boolean;
  selectable: boolean;
}

/**
 * Moves the keyboard focus among a table's rows: with j and k or the arrow keys, from the search box into the rows, and to a
 * neighbouring row when the focused one disappears. In a row the link gets the focus, otherwise the first element that can.
 */
export function useRowFocus(table: RefObject<HTMLTableElement | null>, options: RowFocusOptions) {
  const { rows, waiting, selectable } = options;
  const present = useRef<number | null>(null);
  const listRows = () => [...(table.current?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])];
  const focusRow = (index: number) => {
    const all = listRows();
    const row = all[Math.min(all.length - 1, Math.max(0, index))];
    if (row) findFocusTarget(row).focus();
  };
  const findFocusedIndex = () => listRows().findIndex((row) => row.contains(document.activeElement));
  useShortcut("j", "Next row", () => focusRow(findFocusedIndex() + 1));
  useShortcut("k", "Previous row", () => focusRow(findFocusedIndex() - 1));
  useShortcut("x", "Select the row", () => {
    if (selectable) document.activeElement?.closest("tr")?.querySelector<HTMLElement>("input[type=checkbox]")?.click();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list of rows is what may have taken the focus away
  useLayoutEffect(() => {
    if (present.current !== null && document.activeElement === document.body) focusRow(present.current);
  }, [rows]);

  // What was just typed is searched first: the rows to go to are the ones it finds.
  const [entering, setEntering] = useState(false);
  useEffect(() => {
    if (!entering || waiting) return;
    setEntering(false);
    focusRow(0);
  });
  return {
    /** Goes to the first row of what is asked for, as soon as it is there. */
    enterRows: () => setEntering(true),
    onFocus: (event: FocusEvent) => {
      // A dialog about a row that has gone gives the focus back to the table; it goes to the row that took its place.
      if (event.target === table.current) focusRow(present.current ?? 0);
      else present.current = findFocusedIndex();
    },
    onBlur: () => {
      // Going elsewhere on the page ends it. A dialog comes back, and an element that is removed is followed by none.
      requestAnimationFrame(() => {
        const now = document.activeElement;
        if (now !== document.body && !now?.closest("[role=dialog]"))
          present.current = findFocusedIndex() >= 0 ? findFocusedIndex() : null;
      });
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
      const index = findFocusedIndex();
      if (index < 0) return;
      event.preventDefault();
      focusRow(index + (event.key === "ArrowDown" ? 1 : -1));
    },
  };
}

function findFocusTarget(row: HTMLTableRowElement): HTMLElement {
  const within = row.querySelector<HTMLElement>("[data-row-link]") ?? row.querySelector<HTMLElement>("a[href], button");
  if (within) return within;
  row.tabIndex = -1;
  return row;
}
