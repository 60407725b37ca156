"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { Result } from "#lib/errors.ts";

/** A request as it was when the page was shown. */
export interface Seen {
  request: string;
  version: number;
}

interface ReasonDialogProps<Input> {
  seen: Seen;
  title: string;
  about: string;
  label?: string;
  action: (project: string, input: Input) => Promise<Result<unknown>>;
  makeInput: (seen: Seen, reason: string) => Input;
  button: string;
  risk?: boolean;
}

/** A step of a request that says why. */
export function ReasonDialog<Input>(props: ReasonDialogProps<Input>) {
  const { seen, title, about, label = "Why", action, makeInput, button, risk = false } = props;
  const [open, setOpen] = useState(false);
  const form = useActionForm(action, () => setOpen(false));
  return (
    <Dialog
      title={title}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={<Button>{title}</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(makeInput(seen, String(new FormData(event.currentTarget).get("reason") ?? "")));
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form.fields.reason ? { failure: null } : form} />
        <p>{about}</p>
        <Field label={label} error={form.fields.reason}>
          {(control) => <TextInput {...control} name="reason" autoComplete="off" />}
        </Field>
        <DialogActions>
          <Button kind={risk ? "risk" : "primary"} type="submit" disabled={form.busy}>
            {button}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
