import { useRouter } from "next/navigation";
import { useState } from "react";
import { createUserAction } from "#app/(console)/users/actions.ts";
import { UserFields } from "#app/(console)/users/user-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import type { Trigger } from "#components/ui/layer.tsx";
import { FieldForm, useActionForm } from "#components/ui/use-action-form.tsx";

/** Adds a user by hand, and opens the new record. */
export function UserFormDialog({ trigger }: { trigger: Trigger }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const form = useActionForm(createUserAction, ({ uuid }) => router.push(`/users/${uuid}`));
  return (
    <Dialog
      title="New user"
      description="Applications usually do this over the API. The ID is what the application calls this person."
      trigger={trigger}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
    >
      <FieldForm form={form}>
        <Field
          label="User ID"
          hint="Any text, up to 500 characters. It cannot be changed later."
          error={form.fields.userId}
        >
          {(control) => (
            <TextInput
              {...control}
              name="userId"
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              className="font-mono"
            />
          )}
        </Field>
        <UserFields errors={form.fields} />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Create user
          </Button>
        </DialogActions>
      </FieldForm>
    </Dialog>
  );
}
