"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { eraseSessionAction } from "#app/(console)/sessions/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";

interface EraseSessionDialogProps {
  session: string;
  messages: number;
  user: string;
}

export function EraseSessionDialog({ session, messages, user }: EraseSessionDialogProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const announce = useAnnounce();
  const form = useActionForm(eraseSessionAction, ({ rows }) => {
    router.replace(`/users/${user}`);
    announce(`Deleted: the session and ${formatCount(rows.messages ?? 0, "message")}.`);
  });
  return (
    <Dialog
      title="Delete this session"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
        router.refresh();
      }}
      trigger={
        <Button kind="risk-quiet">
          <Trash2 size={14} aria-hidden /> Delete
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <FormNotice form={form} />
        <p>{`The session, its ${formatCount(messages, "message")} and the facts that rest on them alone are removed, for good. The user stays. There is no undo.`}</p>
        <DialogActions cancel="Keep">
          <Button
            kind="risk"
            disabled={form.busy}
            onClick={() => form.submit({ uuid: session, previewedMessages: messages })}
          >
            {`Delete session and ${formatCount(messages, "message")}`}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
