"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef, useState } from "react";
import { Message } from "#components/transcript/message.tsx";
import { TranscriptSearch } from "#components/transcript/transcript-search.tsx";
import { useReveal } from "#components/transcript/use-reveal.ts";
import { type FirstWindow, type SentMessage, useWindows } from "#components/transcript/use-windows.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

interface TranscriptProps {
  session: string;
  /** Whose conversation it is. */
  user: string;
  total: number;
  first: FirstWindow;
  /** The message a link points to, by its number. */
  linked: number | null;
  /** The link's message is not in this session (any more). */
  unknownLink: boolean;
  /** Whether the reader may see what is masked. */
  mayReveal: boolean;
  /** What else can be done with a message; stands beside its time. */
  renderActions?: (message: SentMessage) => ReactNode;
}

/** What a message takes up before it has been measured. */
const GUESS = 92;

/** A conversation of any length: only what is on screen is in the document, and only that is fetched. */
export function Transcript({
  session,
  user,
  total,
  first,
  linked,
  unknownLink,
  mayReveal,
  renderActions,
}: TranscriptProps) {
  const scroller = useRef<HTMLElement>(null);
  const [found, setFound] = useState({ text: "", number: linked, asked: 0 });
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS,
    overscan: 8,
    initialRect: { width: 800, height: 800 },
    initialOffset: (linked ?? 0) * GUESS,
  });
  const items = virtual.getVirtualItems();
  const windows = useWindows(session, first, { from: (items[0]?.index ?? 0) - 1, to: items.at(-1)?.index ?? 0 });

  useReveal(virtual, found, (number) => windows.at(number) !== undefined);

  const showMessage = (number: number | null, text: string) =>
    setFound(({ asked }) => ({ text, number, asked: asked + 1 }));
  if (total === 0) return <EmptyState title="Nothing was said">This session has no messages.</EmptyState>;
  return (
    <>
      <TranscriptSearch session={session} onShow={showMessage} />
      {unknownLink ? (
        <Notice tone="info">The message this link points to is not in this session; it may have been deleted.</Notice>
      ) : null}
      {windows.error ? (
        <Notice tone="risk" action={<Button onClick={windows.retry}>Try again</Button>}>
          {windows.error.message}
        </Notice>
      ) : null}
      <ScrollRegion ref={scroller} label="Transcript" className="mt-3 min-h-0 flex-1 rounded-lg border bg-raised">
        <ol className="relative mx-auto max-w-[72ch] px-4 sm:px-8" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const message = windows.at(item.index);
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={total}
                aria-posinset={item.index + 1}
                className="absolute inset-x-4 top-0 sm:inset-x-8"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {message ? (
                  <Message
                    session={session}
                    user={user}
                    message={message}
                    before={item.index > 0 ? windows.at(item.index - 1) : undefined}
                    isFirst={item.index === 0}
                    highlighted={found.number === item.index}
                    searched={found.text}
                    mayReveal={mayReveal}
                    actions={renderActions?.(message)}
                  />
                ) : (
                  <Skeleton className="my-4 h-14 w-full" />
                )}
              </li>
            );
          })}
        </ol>
      </ScrollRegion>
    </>
  );
}
