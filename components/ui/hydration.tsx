"use client";

import { type ComponentProps, cloneElement, type ReactElement, useLayoutEffect, useSyncExternalStore } from "react";

export type Trigger = ReactElement<ComponentProps<"button">>;

/**
 * False on the server and until hydration ends, true afterwards. Menus and dialogs wait for it, because nobody can open them
 * before, and rendering them would slow down every page.
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing() {
  return () => undefined;
}

interface TriggerPlaceholderProps {
  /** The id that the trigger keeps when it is live. */
  id: string;
  trigger: Trigger;
  opens: "menu" | "dialog";
}

/** Shows a trigger until hydration ends. It looks and reads the same, and passes its focus on to the real trigger. */
export function TriggerPlaceholder({ id, trigger, opens }: TriggerPlaceholderProps) {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.id === id) queueMicrotask(() => document.getElementById(id)?.focus());
    },
    [id],
  );
  return cloneElement(trigger, { id, "aria-haspopup": opens, "aria-expanded": false });
}
