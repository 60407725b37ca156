"use client";

import { Lock } from "lucide-react";
import { useState } from "react";
import { placeHoldAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, IdInput, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

/** Places a hold. @param userId whom it is about, where that is known already. */
export function PlaceHoldDialog({ userId = "" }: { userId?: string }) {
  const [open, setOpen] = useState(false);
  const announce = useAnnounce();
  const form = useActionForm(placeHoldAction, () => {
    setOpen(false);
    announce("Held. Nobody can delete it before it is released.");
  });
  return (
    <Dialog
      title="Place a legal hold"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={
        <Button>
          <Lock size={14} aria-hidden /> Place a hold
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const [id, sessionId, matter, reviewAt] = ["userId", "sessionId", "matter", "reviewAt"].map((name) =>
            String(fields.get(name) ?? ""),
          );
          form.submit({ userId: id ?? "", sessionId: sessionId ?? "", matter: matter ?? "", reviewAt: reviewAt ?? "" });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <Field label="User ID" error={form.fields.userId}>
          {(control) => <IdInput {...control} name="userId" defaultValue={userId} />}
        </Field>
        <Field label="Session ID" optional hint="Only this session of theirs." error={form.fields.sessionId}>
          {(control) => <IdInput {...control} name="sessionId" />}
        </Field>
        <Field label="Matter" hint="Which case or order needs it. Goes with the person." error={form.fields.matter}>
          {(control) => <TextInput {...control} name="matter" autoComplete="off" />}
        </Field>
        <Field label="Look at it again on" optional error={form.fields.reviewAt}>
          {(control) => <TextInput {...control} name="reviewAt" type="date" />}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Place the hold
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
