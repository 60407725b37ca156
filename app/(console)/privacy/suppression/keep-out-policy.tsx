"use client";

import { changeKeepOutPolicyAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

const CHOICES = [
  {
    keeps: false,
    title: "They may be added again",
    about: "Applications that delete a user and add them again go on working. What they had is gone.",
  },
  {
    keeps: true,
    title: "They are kept out",
    about: "A deletion over the API is final: adding the same id, address or session again is refused with 403.",
  },
];

/** Settles what a deletion over the API means for the time after it. Whoever erases in the console is asked each time. */
export function KeepOutPolicy({ keepsOutDeleted }: { keepsOutDeleted: boolean }) {
  const announce = useAnnounce();
  const form = useActionForm(changeKeepOutPolicyAction, () => announce("Saved."));
  return (
    <fieldset disabled={form.busy} className="flex max-w-md flex-col gap-3">
      <legend className="sr-only">When an application deletes a user</legend>
      <FormNotice form={form} />
      {CHOICES.map(({ keeps, title, about }) => (
        <label key={title} className="flex items-start gap-2">
          <input
            type="radio"
            name="policy"
            className="mt-1"
            checked={keepsOutDeleted === keeps}
            onChange={() => form.submit({ keepsOutDeleted: keeps })}
          />
          <span>
            {title}
            <span className="block text-xs text-faint">{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
