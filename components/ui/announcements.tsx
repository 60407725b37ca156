"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useState } from "react";

const AnnouncementLayer = lazy(async () => ({
  default: (await import("#components/ui/announcement-layer.tsx")).AnnouncementLayer,
}));

const Announce = createContext<((message: string) => void) | null>(null);

/** Tells what was done where the place it was done in is gone: beside every page, read out, closed by itself or by hand. */
export function Announcements({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<string[]>([]);
  const announce = useCallback((message: string) => setMessages((before) => [...before, message]), []);
  return (
    <Announce value={announce}>
      {children}
      {messages.length > 0 ? (
        <Suspense>
          <AnnouncementLayer messages={messages} />
        </Suspense>
      ) : null}
    </Announce>
  );
}

/** @returns a function that tells the person what was just done. It stays on screen when the page changes. */
export function useAnnounce(): (message: string) => void {
  const announce = use(Announce);
  if (!announce) throw new Error("there is nobody to announce to");
  return announce;
}
