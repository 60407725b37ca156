"use client";

import { useState } from "react";
import { inviteOperatorAction } from "#app/(console)/settings/operators/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Field, Select, TextInput } from "#components/ui/field.tsx";
import { MakingDialog } from "#components/ui/making-dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FieldForm, useActionForm } from "#components/ui/use-action-form.tsx";
import { ROLE_MEANING, ROLES } from "#lib/auth/permissions.ts";
import type { InvitedOperator } from "#lib/operators/schema.ts";

/** Adds someone to the project; somebody new gets a password that is shown once. */
export function InviteDialog() {
  const [added, setAdded] = useState<InvitedOperator | null>(null);
  const form = useActionForm(inviteOperatorAction, setAdded);
  const resetForm = () => {
    setAdded(null);
    form.reset();
  };
  return (
    <MakingDialog
      button="Add operator"
      title="Add an operator"
      titleAfter="Operator added"
      made={added}
      onReset={resetForm}
      showMade={(made) => <Invited added={made} />}
    >
      <FieldForm form={form}>
        <Field label="Name" error={form.fields.name}>
          {(control) => <TextInput {...control} name="name" autoComplete="off" />}
        </Field>
        <Field label="E-mail" error={form.fields.email}>
          {(control) => <TextInput {...control} name="email" inputMode="email" autoComplete="off" />}
        </Field>
        <Field label="Role" error={form.fields.role}>
          {(control) => (
            <Select {...control} name="role" defaultValue="support">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {`${role}: ${ROLE_MEANING[role]}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Add operator
          </Button>
        </DialogActions>
      </FieldForm>
    </MakingDialog>
  );
}

function Invited({ added: { name, email, password } }: { added: InvitedOperator }) {
  return (
    <>
      <p>
        <span className="font-medium">{name}</span>, who signs in as <span className="break-all">{email}</span>
        {password ? "." : ", works here from now on."}
      </p>
      {password ? (
        <Secret
          label="Password"
          value={password}
          after="Hand it over safely; it is shown this once. They choose their own when they sign in with it."
        />
      ) : (
        <Notice tone="done">They sign in with the password they already have.</Notice>
      )}
    </>
  );
}
