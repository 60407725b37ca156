"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { eraseUserAction, previewErasuresAction } from "#app/(console)/users/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { counted, number } from "#lib/format.ts";
import type { UserProfile } from "#lib/users/queries.ts";
import type { ErasureCounts } from "#lib/users/schema.ts";

/** Erases a person: first what exactly goes, then the typed id. What went is told on the page that is shown next. */
export function EraseUserDialog({ user }: { user: UserProfile }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [preview, setPreview] = useState<ErasureCounts | null>(null);
  const look = useActionForm(previewErasuresAction, ([found]) => setPreview(found?.counts ?? null));
  const announce = useAnnounce();
  // The page is about someone who is no longer there: Back must not lead to it either.
  const form = useActionForm(eraseUserAction, (erased) => {
    router.replace("/users");
    announce(
      `Deleted: the user, ${counted(erased.sessions, "session")}, ${counted(erased.messages, "message")}, ${counted(erased.episodes, "episode")}, ${counted(erased.facts, "fact")} and ${counted(erased.nodes, "node")}. They are no longer found.`,
    );
  });
  const begin = () => {
    form.reset();
    setPreview(null);
    setOpen(true);
    look.submit({ uuids: [user.uuid] });
  };
  return (
    <>
      <Button kind="risk-quiet" onClick={begin}>
        <Trash2 size={14} aria-hidden /> Delete
      </Button>
      <Dialog title="Delete this user" open={open} onOpenChange={setOpen}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const confirmation = String(new FormData(event.currentTarget).get("confirmation") ?? "");
            if (preview) form.submit({ uuid: user.uuid, confirmation, previewed: preview });
          }}
          className="flex flex-col gap-4"
        >
          <FormNotice form={look} />
          <FormNotice form={form} />
          {preview ? <WhatGoes counts={preview} /> : <p role="status">Counting what would go …</p>}
          <Field
            label="Type the user ID to confirm"
            hint={
              <span dir="auto" className="font-mono break-all select-all">
                {user.userId}
              </span>
            }
            error={form.fields.confirmation}
          >
            {(control) => (
              <TextInput
                {...control}
                name="confirmation"
                autoComplete="off"
                spellCheck={false}
                dir="auto"
                className="font-mono"
              />
            )}
          </Field>
          <DialogActions cancel="Keep">
            {form.failure?.code === "conflict" ? <Button onClick={begin}>Count again</Button> : null}
            <Button kind="risk" type="submit" disabled={!preview || form.busy}>
              Delete user
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

function WhatGoes({ counts }: { counts: ErasureCounts }) {
  const lines = [
    ["The record itself", 1],
    ["Sessions", counts.sessions],
    ["Messages", counts.messages],
    ["Episodes of the memory graph", counts.episodes],
    ["Facts", counts.facts],
    ["Nodes, the person's own included", counts.nodes],
  ] as const;
  return (
    <div>
      <p className="mb-2">This is removed, for good. There is no undo.</p>
      <dl className="rounded-md border">
        {lines.map(([name, count]) => (
          <div key={name} className="flex justify-between border-b px-3 py-1.5 last:border-b-0">
            <dt>{name}</dt>
            <dd className="font-medium tabular-nums">{number(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-faint">
        The audit trail keeps that this happened, under a reference that no longer leads to anyone.
      </p>
    </div>
  );
}
