"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { eraseMessageAction } from "#app/(console)/sessions/actions.ts";
import { Transcript } from "#components/transcript/transcript.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";

interface SessionTranscriptProps extends Omit<ComponentProps<typeof Transcript>, "renderActions"> {
  mayErase: boolean;
}

/** The transcript, in which whoever may can erase a single message. */
export function SessionTranscript({ mayErase, ...transcript }: SessionTranscriptProps) {
  const [erasing, setErasing] = useState<string | null>(null);
  return (
    <>
      <Transcript
        {...transcript}
        // What was fetched before a message went is numbered otherwise afterwards.
        key={transcript.total}
        renderActions={
          mayErase
            ? ({ uuid }) => (
                <button
                  type="button"
                  onClick={() => setErasing(uuid)}
                  aria-label="Delete this message"
                  title="Delete this message"
                  className="inline-flex h-6 min-w-6 items-center justify-center rounded text-faint opacity-0 group-hover:opacity-100 hover:text-risk focus-visible:opacity-100 pointer-coarse:opacity-100"
                >
                  <Trash2 size={13} aria-hidden />
                </button>
              )
            : undefined
        }
      />
      {erasing ? (
        <EraseMessageDialog session={transcript.session} message={erasing} onClose={() => setErasing(null)} />
      ) : null}
    </>
  );
}

function EraseMessageDialog({ session, message, onClose }: { session: string; message: string; onClose: () => void }) {
  const router = useRouter();
  const announce = useAnnounce();
  const form = useActionForm(eraseMessageAction, ({ rows: { edges = 0 } }) => {
    onClose();
    router.refresh();
    announce(`Deleted: the message and ${formatCount(edges, "fact")} that rested on it alone.`);
  });
  return (
    <Dialog title="Delete this message" open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <FormNotice form={form} />
        <p>
          The message, its copies in other graphs and the facts that rest on it alone are removed, for good. A file from
          before does not bring it back. There is no undo.
        </p>
        <DialogActions cancel="Keep">
          <Button kind="risk" disabled={form.busy} onClick={() => form.submit({ session, message })}>
            Delete message
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
