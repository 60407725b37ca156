"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { updateUserAction } from "#app/(console)/users/actions.ts";
import { UserFields } from "#app/(console)/users/user-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useShortcut } from "#components/ui/shortcuts.tsx";
import { useActionForm } from "#components/ui/use-action-form.tsx";
import { formatJson } from "#lib/json.ts";
import type { UserProfile } from "#lib/users/queries.ts";

/**
 * Edits a record. If somebody else saved first, nothing is lost: the stored values appear beside the typed ones, and saving
 * again replaces them on purpose.
 */
export function EditUserDialog({ user }: { user: UserProfile }) {
  const router = useRouter();
  const [base, setBase] = useState<UserProfile | null>(null);
  const form = useActionForm(updateUserAction, () => setBase(null));
  const conflict = form.failure?.code === "conflict";
  const openDialog = () => {
    form.reset();
    setBase(user);
  };
  useShortcut("e", "Edit this user", openDialog);
  return (
    <>
      <Button onClick={openDialog}>
        <Pencil size={14} aria-hidden /> Edit
      </Button>
      <Dialog title="Edit user" open={base !== null} onOpenChange={(next) => !next && setBase(null)}>
        {base ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const typed = Object.fromEntries(new FormData(event.currentTarget));
              // A field that was not changed in this form keeps its stored value, even if somebody else has changed it
              // meanwhile.
              const merged = conflict ? { ...typed, ...toFormValues(user, listUntouchedFields(base, typed)) } : typed;
              form.submit({ ...merged, uuid: user.uuid, version: conflict ? user.version : base.version });
              router.refresh();
            }}
            className="flex flex-col gap-4"
          >
            {form.failure ? <Notice tone="risk">{form.failure.message}</Notice> : null}
            <UserFields
              errors={form.fields}
              values={base}
              storedNow={conflict ? collectChangedValues(base, user) : undefined}
            />
            <DialogActions cancel="Discard">
              <Button kind="primary" type="submit" disabled={form.busy}>
                {conflict ? "Save mine over it" : "Save"}
              </Button>
            </DialogActions>
          </form>
        ) : null}
      </Dialog>
    </>
  );
}

const FIELDS = ["email", "firstName", "lastName", "metadata"] as const;
type Field = (typeof FIELDS)[number];

/** The fields that still say what they said when the form was opened. */
function listUntouchedFields(base: UserProfile, typed: Record<string, FormDataEntryValue>): Field[] {
  const opened = toFormValues(base, [...FIELDS]);
  return FIELDS.filter((field) => typed[field] === opened[field]);
}

/** A record's fields as the form shows them. */
function toFormValues(user: UserProfile, fields: Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field, field === "metadata" ? formatJson(user.metadata, 2) : (user[field] ?? "")]),
  );
}

/** What the record holds now, for each field that has changed since the form was opened. */
function collectChangedValues(base: UserProfile, now: UserProfile): Record<string, string> {
  const [before, after] = [toFormValues(base, [...FIELDS]), toFormValues(now, [...FIELDS])];
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => before[field] !== value));
}
