"use client";

import type { RefObject } from "react";
import { useShortcut } from "#components/ui/shortcuts.tsx";

/** Moves through a table's rows with j and k (Enter opens: the focus is on the row's link), and selects with x. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>, selectable: boolean): void {
  const move = (step: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>("tbody [data-row-link]") ?? [])];
    const row = document.activeElement?.closest("tr");
    const present = links.findIndex((link) => row?.contains(link));
    links[Math.min(links.length - 1, Math.max(0, present + step))]?.focus();
  };
  useShortcut("j", "Next row", () => move(1));
  useShortcut("k", "Previous row", () => move(-1));
  useShortcut("x", "Select the row", () => {
    if (selectable) document.activeElement?.closest("tr")?.querySelector<HTMLElement>("input[type=checkbox]")?.click();
  });
}
