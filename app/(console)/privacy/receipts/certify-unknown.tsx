"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { certifyUnknownAction } from "#app/(console)/privacy/actions.ts";
import { KeepOutField } from "#app/(console)/users/keep-out-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, IdInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

/** Answers a request about somebody whom nobody knows here with a receipt that says so. */
export function CertifyUnknown() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const form = useActionForm(certifyUnknownAction, ({ receipt }) => router.push(`/privacy/receipts/${receipt}`));
  return (
    <Dialog
      title="A receipt for somebody unknown"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={<Button>Somebody unknown</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          form.submit({ identifier: String(fields.get("identifier") ?? ""), keptOut: fields.has("keptOut") });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form.fields.identifier ? { failure: null } : form} />
        <p>
          Somebody asks to be forgotten whom nobody knows here. Nothing is deleted; everything is looked through for
          what you type, and the receipt says that nobody was known.
        </p>
        <Field
          label="User ID or e-mail address"
          hint="It is looked for, and kept as a keyed hash."
          error={form.fields.identifier}
        >
          {(control) => <IdInput {...control} name="identifier" />}
        </Field>
        <KeepOutField />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Write the receipt
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
