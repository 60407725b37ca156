"use client";

import {
  type ComponentProps,
  cloneElement,
  type ReactElement,
  type ReactNode,
  type RefObject,
  Suspense,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

export type Trigger = ReactElement<ComponentProps<"button">>;

export interface LayerProps {
  /** What opens it; leave out when `open` is driven from outside. */
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** What a layer is drawn with once it is wanted. */
export interface OpenedLayer {
  /** The id that the trigger keeps. */
  id: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What had the focus when it was opened. */
  opener: RefObject<HTMLElement | null>;
}

interface Props extends LayerProps {
  opens: "menu" | "dialog";
  /** Draws it; may suspend while its library is fetched. */
  children: (layer: OpenedLayer) => ReactNode;
}

/**
 * Something in front of the page: a menu, a panel, a dialog. Until it is opened for the first time there is only what opens
 * it, and the library behind it is not fetched: most pages are left without having opened any.
 */
export function Layer({ trigger, open, onOpenChange, opens, children }: Props) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const isOpen = open ?? opened;
  const [wanted, setWanted] = useState(isOpen);
  if (isOpen && !wanted) setWanted(true);
  const opener = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (isOpen && document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
  }, [isOpen]);
  const change = (next: boolean) => {
    setOpened(next);
    onOpenChange?.(next);
  };
  const placeholder = trigger ? (
    <TriggerPlaceholder id={id} trigger={trigger} opens={opens} onOpen={() => change(true)} />
  ) : null;
  return (
    <Suspense fallback={placeholder}>
      {wanted ? children({ id, open: isOpen, onOpenChange: change, opener }) : placeholder}
    </Suspense>
  );
}

interface TriggerPlaceholderProps {
  id: string;
  trigger: Trigger;
  opens: "menu" | "dialog";
  onOpen: () => void;
}

/** A trigger before its layer is there. It looks and reads the same, and passes its focus on to the real trigger. */
function TriggerPlaceholder({ id, trigger, opens, onOpen }: TriggerPlaceholderProps) {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.id === id) queueMicrotask(() => document.getElementById(id)?.focus());
    },
    [id],
  );
  return cloneElement(trigger, {
    id,
    "aria-haspopup": opens,
    "aria-expanded": false,
    onClick: (event) => {
      trigger.props.onClick?.(event);
      onOpen();
    },
    onKeyDown: (event) => {
      trigger.props.onKeyDown?.(event);
      if (opens !== "menu" || event.key !== "ArrowDown") return;
      event.preventDefault();
      onOpen();
    },
  });
}
