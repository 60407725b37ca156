import { QueryClient, useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { readJson } from "#components/ui/read-json.ts";
import type { TranscriptRow } from "#lib/messages/queries.ts";
import { WINDOW_SIZE } from "#lib/messages/terms.ts";

/** A message as it reaches the browser: inside the page its time is a date, in later answers it is text. */
export type SentMessage = Omit<TranscriptRow, "createdAt"> & { createdAt: Date | string };

export interface FirstWindow {
  window: number;
  messages: SentMessage[];
}

/** Fetches only the stretches of a transcript that are on screen, and remembers them while the page is open. */
export function useWindows(session: string, first: FirstWindow, visible: { from: number; to: number }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { refetchOnWindowFocus: false, staleTime: Infinity, gcTime: Infinity } },
      }),
  );
  const numbers = listWindows(visible.from, visible.to);
  const results = useQueries(
    {
      queries: numbers.map((window) => ({
        queryKey: [window],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          readJson<SentMessage[]>(`/sessions/${session}/messages?window=${window}`, { signal }),
        initialData: window === first.window ? first.messages : undefined,
      })),
    },
    client,
  );
  const failed = results.find((result) => result.error);
  return {
    at: (index: number): SentMessage | undefined => {
      const window = Math.floor(index / WINDOW_SIZE);
      const loaded = results[numbers.indexOf(window)]?.data ?? client.getQueryData<SentMessage[]>([window]);
      return loaded?.[index % WINDOW_SIZE];
    },
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

function listWindows(from: number, to: number): number[] {
  const start = Math.floor(Math.max(0, from) / WINDOW_SIZE);
  const end = Math.floor(Math.max(0, to) / WINDOW_SIZE);
  return Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
}
