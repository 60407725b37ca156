"use client";

import { useState } from "react";
import { proveAgainAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, IdInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

/** Proves an old receipt again today: by hashes alone, or with the identifier typed again by everything. */
export function ProveAgain({ receipt }: { receipt: string }) {
  const [open, setOpen] = useState(false);
  const announce = useAnnounce();
  const form = useActionForm(proveAgainAction, ({ verdict }) => {
    setOpen(false);
    announce(verdict === "confirmed" ? "Looked again: nothing is left." : "Looked again: something was found.");
  });
  return (
    <Dialog
      title="Prove again"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={<Button>Prove again</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ receipt, identifier: String(new FormData(event.currentTarget).get("identifier") ?? "") });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form.fields.identifier ? { failure: null } : form} />
        <p>
          Nobody knows any more whom this is about. Every id and address that is stored is hashed and compared with the
          receipt’s. Texts can be looked through only for what you type.
        </p>
        <Field
          label="User ID, address or session ID"
          optional
          hint="It is compared and looked for, and not kept."
          error={form.fields.identifier}
        >
          {(control) => <IdInput {...control} name="identifier" />}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            {form.busy ? "Looking …" : "Look again"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
