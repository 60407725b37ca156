"use client";

import { proveNowAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";

/** Does not wait for the next search. */
export function LookNow({ isNeeded }: { isNeeded: boolean }) {
  const announce = useAnnounce();
  const form = useActionForm(proveNowAction, ({ receipts }) =>
    announce(`${formatCount(receipts, "receipt")} looked into.`),
  );
  return (
    <>
      <FormNotice form={form} />
      <Button disabled={form.busy || !isNeeded} onClick={() => form.submit({})}>
        {form.busy ? "Looking …" : "Look now"}
      </Button>
    </>
  );
}
