"use client";

import { BookmarkPlus, X } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { dropViewAction, saveViewAction } from "#app/(console)/privacy/requests/actions.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { SavedView } from "#lib/privacy/requests/views/queries.ts";
import { readViewQuery, writeViewQuery } from "#lib/privacy/requests/views/schema.ts";

/** The views of the queue that the team has kept, and the way to keep the present one. */
export function SavedViews({ views }: { views: SavedView[] }) {
  const present = readViewQuery(new URLSearchParams(useSearchParams().toString()));
  const written = writeViewQuery(present);
  const dropping = useActionForm(dropViewAction, () => undefined);
  const isKept = views.some(({ query }) => writeViewQuery(query) === written);
  if (views.length === 0 && written === "") return null;
  return (
    <nav aria-label="Views" className="mb-3 flex flex-wrap items-center gap-1.5">
      <FormNotice form={dropping} />
      {views.map(({ uuid, name, query }) => {
        const isPresent = writeViewQuery(query) === written;
        return (
          <span
            key={uuid}
            className={`inline-flex h-7 items-center rounded-full border text-xs pointer-coarse:h-9 ${isPresent ? "border-river bg-river-wash text-river-strong" : "bg-raised text-soft"}`}
          >
            <Link
              href={`/privacy/requests?${writeViewQuery(query)}`}
              aria-current={isPresent ? "page" : undefined}
              dir="auto"
              className="max-w-56 truncate px-3"
            >
              {name}
            </Link>
            {isPresent ? (
              <IconButton
                label={`Drop the view ${name}`}
                className="!size-6 mr-0.5"
                disabled={dropping.busy}
                onClick={() => dropping.submit({ view: uuid })}
              >
                <X size={13} aria-hidden />
              </IconButton>
            ) : null}
          </span>
        );
      })}
      {written !== "" && !isKept ? <SaveDialog query={present} /> : null}
    </nav>
  );
}

function SaveDialog({ query }: { query: SavedView["query"] }) {
  const [open, setOpen] = useState(false);
  const form = useActionForm(saveViewAction, () => setOpen(false));
  return (
    <Dialog
      title="Keep this view"
      description="For everybody who works on requests here. What is filtered and how it is sorted is kept, and none of the requests."
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={
        <Button kind="quiet">
          <BookmarkPlus size={15} aria-hidden /> Keep this view
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ name: String(new FormData(event.currentTarget).get("name") ?? ""), query });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <Field label="Name" hint="One of the same name is replaced." error={form.fields.name ?? form.fields.query}>
          {(control) => <TextInput {...control} name="name" autoComplete="off" />}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Keep it
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
