"use client";

import { liftRestrictionAction } from "#app/(console)/privacy/requests/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

/** Says that nothing new is taken in about a person, and lets those who may lift it. */
export function RestrictedNotice({ user, mayLift }: { user: string; mayLift: boolean }) {
  const form = useActionForm(liftRestrictionAction, () => undefined);
  return (
    <div className="mb-6 flex max-w-[65ch] flex-col gap-2">
      <FormNotice form={form} />
      <Notice
        tone="info"
        action={
          mayLift ? (
            <Button disabled={form.busy} onClick={() => form.submit({ user })}>
              Lift
            </Button>
          ) : null
        }
      >
        This person is restricted: what is known of them is kept as it is, and nothing new is taken in, until their
        privacy request is settled or the restriction they asked for is lifted.
      </Notice>
    </div>
  );
}
