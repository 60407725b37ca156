import { Toast } from "@base-ui/react/toast";
import { CircleCheck, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Announcement } from "#components/ui/announcements.tsx";
import { IconButton } from "#components/ui/button.tsx";

/** Long enough to read two sentences; pointing at one, or focusing it, keeps it. */
const SHOWN_MS = 15_000;

interface AnnouncementLayerProps {
  /** All that was announced so far; what is added at the end is shown. */
  messages: Announcement[];
}

/** Announcements as the library draws and reads them out. */
export function AnnouncementLayer({ messages }: AnnouncementLayerProps) {
  return (
    <Toast.Provider timeout={SHOWN_MS}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2">
          <AnnouncementList messages={messages} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function AnnouncementList({ messages }: AnnouncementLayerProps) {
  const { add, toasts } = Toast.useToastManager();
  const shown = useRef(0);
  useEffect(() => {
    for (const { message, action } of messages.slice(shown.current))
      add({
        description: message,
        actionProps: action && { children: action.label, onClick: action.run },
      });
    shown.current = messages.length;
  }, [messages, add]);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-now/40 bg-now-wash text-now shadow-lg shadow-(color:--shadow) transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 px-3 py-2.5">
        <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0" />
        <Toast.Description className="min-w-0 flex-1" />
        <Toast.Action className="shrink-0 rounded font-medium underline underline-offset-2" />
        <Toast.Close
          render={
            <IconButton label="Close message" className="-my-1.5 -mr-1.5">
              <X size={14} aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ));
}
