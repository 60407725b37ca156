"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { fileRequestAction } from "#app/(console)/privacy/requests/actions.ts";
import { KeepOutField } from "#app/(console)/users/keep-out-field.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, IdInput, Select, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { CLOCKS, LAWS, REQUEST_TYPES, TYPE_WORDS } from "#lib/privacy/requests/terms.ts";

const CHANNELS = { email: "e-mail", phone: "telephone", post: "post", console: "in the product" } as const;

interface NewRequestProps {
  /** Whom it is about, where that is settled. */
  identifier?: string;
  /** Whether whoever files it works on it as well; others are told its number. */
  opensCase: boolean;
  trigger?: ComponentProps<typeof Dialog>["trigger"];
}

/** Files what somebody asks for. */
export function NewRequest({ identifier, opensCase, trigger }: NewRequestProps) {
  const router = useRouter();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const [type, setType] = useState<string>("erasure");
  const form = useActionForm(fileRequestAction, ({ request, number, isNew }) => {
    if (!isNew) announce(`It was filed before, as request ${number}: nothing new was filed.`);
    if (opensCase) return router.push(`/privacy/requests/${request}`);
    if (isNew) announce(`Filed as request ${number}. The privacy team works on it.`);
    setOpen(false);
  });
  return (
    <Dialog
      title="File a request"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={
        trigger ?? (
          <Button kind="primary">
            <Plus size={15} aria-hidden /> File a request
          </Button>
        )
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          form.submit({ ...Object.fromEntries(fields), keepsOut: fields.has("keptOut") });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={Object.keys(form.fields).length > 0 ? { failure: null } : form} />
        <Field label="User ID or e-mail address" error={form.fields.identifier}>
          {(control) => (
            <IdInput {...control} name="identifier" defaultValue={identifier} readOnly={identifier !== undefined} />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Asks for" error={form.fields.type}>
            {(control) => (
              <Select {...control} name="type" value={type} onChange={(event) => setType(event.currentTarget.value)}>
                {REQUEST_TYPES.map((type) => (
                  <option key={type} value={type}>
                    {TYPE_WORDS[type]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Under" error={form.fields.law}>
            {(control) => (
              <Select {...control} name="law" defaultValue="gdpr">
                {LAWS.map((law) => (
                  <option key={law} value={law}>
                    {CLOCKS[law].title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Arrived by" error={form.fields.channel}>
            {(control) => (
              <Select {...control} name="channel" defaultValue="email">
                {Object.entries(CHANNELS).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="Arrived on"
            hint="Today, if left empty. The clock runs from then."
            error={form.fields.receivedAt}
            optional
          >
            {(control) => <TextInput {...control} type="date" name="receivedAt" />}
          </Field>
        </div>
        <Field
          label="Answer to"
          hint="Their address in the record, if left empty."
          error={form.fields.contact}
          optional
        >
          {(control) => <TextInput {...control} name="contact" autoComplete="off" />}
        </Field>
        <Field
          label="Reference"
          hint="A ticket's number: the same one is filed once."
          error={form.fields.externalRef}
          optional
        >
          {(control) => <TextInput {...control} name="externalRef" autoComplete="off" />}
        </Field>
        {type === "erasure" ? <KeepOutField isUsual /> : null}
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            File it
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
