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
import { formatCount, formatNumber } from "#lib/format.ts";
import type { UserProfile } from "#lib/users/queries.ts";
import type { ErasureCounts } from "#lib/users/schema.ts";

/** Erases a person: shows what will be erased, then asks for the typed id. The next page says what was erased. */
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
      `Deleted: the user, ${formatCount(erased.sessions, "session")}, ${formatCount(erased.messages, "message")}, ${formatCount(erased.episodes, "episode")}, ${formatCount(erased.facts, "fact")} and ${formatCount(erased.nodes, "node")}. They are no longer found.`,
    );
  });
  const openWithPreview = () => {
    form.reset();
    setPreview(null);
    setOpen(true);
    look.submit({ uuids: [user.uuid] });
  };
  return (
    <>
      <Button kind="risk-quiet" onClick={openWithPreview}>
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
          {preview ? <ErasureCountList counts={preview} /> : <p role="status">Counting what would go …</p>}
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
            {form.failure?.code === "conflict" ? <Button onClick={openWithPreview}>Count again</Button> : null}
            <Button kind="risk" type="submit" disabled={!preview || form.busy}>
              Delete user
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

function ErasureCountList({ counts }: { counts: ErasureCounts }) {
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
            <dd className="font-medium tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-faint">
        The audit trail keeps that this happened, under a reference that no longer leads to anyone.
      </p>
    </div>
  );
}
