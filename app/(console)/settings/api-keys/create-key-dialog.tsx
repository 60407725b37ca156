"use client";

import { useState } from "react";
import { createApiKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { CheckboxGroup } from "#components/ui/checkbox-group.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { MakingDialog } from "#components/ui/making-dialog.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { type KeyScope, SCOPES } from "#lib/auth/permissions.ts";

const MEANING: Record<KeyScope, string> = {
  read: "Read users, sessions and messages",
  write: "Add and change them",
  erase: "Delete users and sessions",
};

/** Makes an API key, which is shown once. */
export function CreateKeyDialog() {
  const [key, setKey] = useState<string | null>(null);
  const form = useActionForm(createApiKeyAction, (made) => setKey(made.key));
  const resetForm = () => {
    setKey(null);
    form.reset();
  };
  return (
    <MakingDialog
      button="New key"
      title="New API key"
      titleAfter="Key created"
      made={key}
      onReset={resetForm}
      showMade={(value) => (
        <Secret
          label="Key"
          value={value}
          after="Copy it now. Only a digest of it is stored, so nobody can show it again."
        />
      )}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          form.submit({ name: data.get("name"), scopes: data.getAll("scopes") });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <Field label="Name" hint="Where it is used, such as checkout-service." error={form.fields.name}>
          {(control) => <TextInput {...control} name="name" autoComplete="off" />}
        </Field>
        <CheckboxGroup
          legend="Scopes"
          name="scopes"
          choices={SCOPES.map((value) => ({ value, about: MEANING[value], isChosen: value !== "erase" }))}
          error={form.fields.scopes}
        />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Create key
          </Button>
        </DialogActions>
      </form>
    </MakingDialog>
  );
}
