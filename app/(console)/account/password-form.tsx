"use client";

import { useState } from "react";
import { changePasswordAction } from "#app/(console)/account/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { FieldForm, useActionForm } from "#components/ui/use-action-form.tsx";

const FIELDS = [
  { name: "present", label: "Present password", autoComplete: "current-password" },
  { name: "password", label: "New password", autoComplete: "new-password", hint: "At least 10 characters." },
  { name: "repeated", label: "New password again", autoComplete: "new-password" },
];

/** Changes the password of whoever is signed in. @param first they are not let in before; afterwards the console opens. */
export function PasswordForm({ first }: { first: boolean }) {
  // The key makes React build a new form after a password was stored, so that nothing typed stays in it.
  const [changes, setChanges] = useState(0);
  const form = useActionForm(changePasswordAction, () => {
    if (first) window.location.assign("/users");
    else setChanges(changes + 1);
  });
  return (
    <>
      {changes > 0 && !form.failure ? (
        <Notice tone="done">Your password is changed. Your sign-ins on other devices have ended.</Notice>
      ) : null}
      <FieldForm form={form} key={changes}>
        {FIELDS.map(({ name, label, hint, autoComplete }) => (
          <Field key={name} label={label} hint={hint} error={form.fields[name]}>
            {(control) => (
              <TextInput
                {...control}
                type="password"
                name={name}
                autoComplete={autoComplete}
                required
                className="h-10"
              />
            )}
          </Field>
        ))}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" disabled={form.busy}>
            Change password
          </Button>
        </div>
      </FieldForm>
    </>
  );
}
