"use client";

import { type ComponentProps, cloneElement, type ReactElement, useLayoutEffect, useSyncExternalStore } from "react";

export type Trigger = ReactElement<ComponentProps<"button">>;

/**
 * False on the server and while the browser takes over what the server made, true from then on. What can only be opened
 * by pressing something waits for it: before that it would be work for nobody, on every page.
 */
export function useLive(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

function neverChanges() {
  return () => undefined;
}

interface StandInProps {
  /** The id that the trigger keeps when it is live. */
  id: string;
  trigger: Trigger;
  opens: "menu" | "dialog";
}

/** A trigger until the page is live: looks and reads the same, and leaves its focus to the one that takes its place. */
export function StandIn({ id, trigger, opens }: StandInProps) {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.id === id) queueMicrotask(() => document.getElementById(id)?.focus());
    },
    [id],
  );
  return cloneElement(trigger, { id, "aria-haspopup": opens, "aria-expanded": false });
}
