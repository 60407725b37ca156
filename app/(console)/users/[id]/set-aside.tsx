"use client";

import { retryAction } from "#app/(console)/facts/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useActionForm } from "#components/ui/use-action-form.tsx";
import { counted } from "#lib/format.ts";

/** Says that something could not be read, and has it read again. */
export function SetAside({ user, count }: { user: string; count: number }) {
  const retry = useActionForm(retryAction, () => undefined);
  return (
    <Notice
      tone="risk"
      action={
        <Button disabled={retry.busy} onClick={() => retry.submit({ user })}>
          Read again
        </Button>
      }
    >
      {counted(count, "episode")} could not be read and {count === 1 ? "was" : "were"} set aside; the rest is not held
      up.
      {retry.failure ? <span className="block">{retry.failure.message}</span> : null}
    </Notice>
  );
}
