"use client";

import Link from "next/link";
import { useState } from "react";
import { checkReceiptAction } from "#app/(console)/privacy/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatShortDay } from "#lib/format.ts";
import type { CheckedReceipt } from "#lib/privacy/receipts/queries.ts";

/** Takes a receipt as text or as a file, and says what is true of it. */
export function VerifyForm() {
  const [jws, setJws] = useState("");
  const [checked, setChecked] = useState<CheckedReceipt | null>(null);
  const form = useActionForm(checkReceiptAction, setChecked);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(null);
          form.submit({ jws });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form.fields.jws ? { failure: null } : form} />
        <Field label="The receipt" hint="The text of receipt.jws, or the file itself." error={form.fields.jws}>
          {(control) => (
            <TextArea
              {...control}
              rows={6}
              value={jws}
              spellCheck={false}
              onChange={(event) => setJws(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="primary" type="submit" disabled={form.busy}>
            Verify
          </Button>
          <label className="text-sm text-soft">
            <span className="sr-only">The receipt as a file</span>
            <input
              type="file"
              accept=".jws,text/plain"
              onChange={async (event) => setJws((await event.target.files?.[0]?.text()) ?? "")}
            />
          </label>
        </div>
      </form>
      {checked ? <Verdict checked={checked} /> : null}
    </div>
  );
}

function Verdict({ checked }: { checked: CheckedReceipt }) {
  if (!checked.valid) return <Notice tone="risk">{checked.reason}</Notice>;
  const late = checked.validUntil !== null && checked.validUntil < new Date();
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="done">The signature holds: this instance signed exactly this.</Notice>
      {late && checked.validUntil ? (
        <Notice tone="info">{`It says how things were; it was to be proved again by ${formatShortDay(checked.validUntil)}.`}</Notice>
      ) : null}
      {checked.receipt ? (
        <p>
          It is one of this project’s: <Link href={`/privacy/receipts/${checked.receipt}`}>open it</Link>.
        </p>
      ) : (
        <p>It is none of this project’s receipts.</p>
      )}
      <ScrollRegion label="What was signed" className="max-h-96 rounded-md border bg-raised p-3">
        <pre className="font-mono text-xs leading-5 whitespace-pre-wrap">{checked.payload}</pre>
      </ScrollRegion>
    </div>
  );
}
