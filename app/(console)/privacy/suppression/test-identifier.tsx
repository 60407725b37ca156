"use client";

import { useState } from "react";
import { checkIdentifierAction } from "#app/(console)/privacy/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, IdInput, Select } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { IDENTIFIER_KINDS } from "#lib/suppression/terms.ts";

/** Says whether an application would be refused that adds this, without counting it as an attempt. */
export function TestIdentifier() {
  const [refused, setRefused] = useState<boolean | null>(null);
  const form = useActionForm(checkIdentifierAction, (answer) => setRefused(answer.refused));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        const kind = IDENTIFIER_KINDS.find(({ value }) => value === fields.get("kind"))?.value ?? "user_id";
        setRefused(null);
        form.submit({ kind, value: String(fields.get("value") ?? "") });
      }}
      className="flex max-w-md flex-col gap-4"
    >
      <FormNotice form={form.fields.value ? { failure: null } : form} />
      <Field label="What it is">
        {(control) => (
          <Select {...control} name="kind">
            {IDENTIFIER_KINDS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Id or address" error={form.fields.value}>
        {(control) => <IdInput {...control} name="value" />}
      </Field>
      <div>
        <Button type="submit" disabled={form.busy}>
          Test it
        </Button>
      </div>
      {refused === null ? null : refused ? (
        <Notice tone="info">It would be refused: this person was erased and is kept out.</Notice>
      ) : (
        <Notice tone="done">It would be taken: nobody of that name is kept out.</Notice>
      )}
    </form>
  );
}
