import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";

/** How long heights may go on settling before the search for the right place is given up. */
const PATIENCE_MS = 3_000;

/**
 * Scrolls one message into view. Heights above it are estimates until they are measured, and its text may still be loading,
 * so it checks again until the message stays in place or the reader scrolls.
 * @param wanted the message's number, and how often it was asked for, so that the same message can be asked for twice.
 */
export function useReveal(
  virtual: Virtualizer<HTMLElement, Element>,
  wanted: { number: number | null; asked: number },
  isLoaded: (number: number) => boolean,
) {
  const loaded = useRef(isLoaded);
  loaded.current = isLoaded;
  useEffect(() => {
    const { number } = wanted;
    const scroller = virtual.scrollElement;
    if (number === null || !scroller) return;
    const deadline = performance.now() + PATIENCE_MS;
    let steady = 0;
    let frame = 0;
    const revealMessage = () => {
      steady = loaded.current(number) && isCentred(scroller, number) ? steady + 1 : 0;
      if (steady < 3) virtual.scrollToIndex(number, { align: "center" });
      if (steady < 10 && performance.now() < deadline) frame = requestAnimationFrame(revealMessage);
    };
    const giveUp = () => cancelAnimationFrame(frame);
    const byHand = ["wheel", "touchstart", "pointerdown", "keydown"] as const;
    for (const event of byHand) scroller.addEventListener(event, giveUp, { passive: true });
    revealMessage();
    return () => {
      giveUp();
      for (const event of byHand) scroller.removeEventListener(event, giveUp);
    };
  }, [virtual, wanted]);
}

/** Whether the message is on screen, all of it or as much as fits. */
function isCentred(scroller: HTMLElement, number: number): boolean {
  const item = scroller.querySelector(`[data-index="${number}"]`);
  if (!item) return false;
  const [frame, box] = [scroller.getBoundingClientRect(), item.getBoundingClientRect()];
  return box.top >= frame.top - 1
    ? box.bottom <= frame.bottom + 1 || box.height > frame.height
    : box.height > frame.height;
}
