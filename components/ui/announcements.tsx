"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useState } from "react";

const AnnouncementLayer = lazy(async () => ({
  default: (await import("#components/ui/announcement-layer.tsx")).AnnouncementLayer,
}));

/** What can still be done about what was done. */
interface AnnouncedAction {
  label: string;
  run: () => void;
}

export interface Announcement {
  message: string;
  action?: AnnouncedAction;
}

type AnnounceMessage = (message: string, action?: AnnouncedAction) => void;

const Announce = createContext<AnnounceMessage | null>(null);

/** Tells what was done where the place it was done in is gone: beside every page, read out, closed by itself or by hand. */
export function Announcements({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Announcement[]>([]);
  const announce = useCallback<AnnounceMessage>(
    (message, action) => setMessages((before) => [...before, { message, action }]),
    [],
  );
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
export function useAnnounce(): AnnounceMessage {
  const announce = use(Announce);
  if (!announce) throw new Error("there is nobody to announce to");
  return announce;
}
