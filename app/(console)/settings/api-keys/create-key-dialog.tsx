"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { createApiKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { type KeyScope, SCOPES } from "#lib/auth/permissions.ts";

const MEANING: Record<KeyScope, string> = {
  read: "Read users, sessions and messages",
  write: "Add and change them",
  erase: "Delete users and sessions",
};

export function CreateKeyDialog() {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const form = useActionForm(createApiKeyAction, (made) => setKey(made.key));
  return (
    <Dialog
      title={key ? "Key created" : "New API key"}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setKey(null);
        form.reset();
      }}
      trigger={
        <Button kind="primary">
          <Plus size={15} aria-hidden /> New key
        </Button>
      }
    >
      {key ? (
        <>
          <Secret
            label="Key"
            value={key}
            after="Copy it now. Only a digest of it is stored, so nobody can show it again."
          />
          <DialogActions cancel="Done" />
        </>
      ) : (
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
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1 text-xs font-medium text-soft">Scopes</legend>
            {SCOPES.map((scope) => (
              <label key={scope} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  name="scopes"
                  value={scope}
                  defaultChecked={scope !== "erase"}
                  className="size-4 accent-river"
                />
                <span className="font-mono text-xs">{scope}</span>
                <span className="text-soft">{MEANING[scope]}</span>
              </label>
            ))}
            {form.fields.scopes ? <p className="text-xs font-medium text-risk">{form.fields.scopes}</p> : null}
          </fieldset>
          <DialogActions>
            <Button kind="primary" type="submit" disabled={form.busy}>
              Create key
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
