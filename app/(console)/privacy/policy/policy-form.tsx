"use client";

import { agreeToPolicyAction, changePolicyAction } from "#app/(console)/privacy/requests/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Select, TextArea, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { FieldForm, FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";
import type { AskedPolicy } from "#lib/privacy/policy/queries.ts";
import type { RequestPolicy } from "#lib/privacy/policy/schema.ts";

const APPROVALS = [
  "Nobody: one person may do it all (single-operator mode)",
  "One other person",
  "Two other people",
  "Three other people",
];

/** How privacy requests are worked in this project. */
export function PolicyForm({ policy, mayChange }: { policy: RequestPolicy; mayChange: boolean }) {
  const announce = useAnnounce();
  const form = useActionForm(changePolicyAction, ({ isWaiting }) =>
    announce(isWaiting ? "It holds once somebody else has agreed to it." : "The policy holds from now on."),
  );
  return (
    <FieldForm form={form}>
      <Field
        label="Who else has to approve a plan"
        hint="With anybody else, no operator erases a person by themselves: deleting one in the console files a request. What an application deletes over the API is its own act. Each receipt says which of these held."
        error={form.fields.approvalsRequired}
      >
        {(control) => (
          <Select {...control} name="approvalsRequired" defaultValue={policy.approvalsRequired} disabled={!mayChange}>
            {APPROVALS.map((words, count) => (
              <option key={words} value={count}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Hours to change one's mind"
        hint="Between the last approval and the erasure, never beyond the deadline. Meanwhile the person is restricted: nothing new is taken in."
        error={form.fields.graceHours}
      >
        {(control) => (
          <TextInput
            {...control}
            type="number"
            min={0}
            max={720}
            name="graceHours"
            defaultValue={policy.graceHours}
            disabled={!mayChange}
          />
        )}
      </Field>
      <Field label="Where the team works" hint="Days begin and end there." error={form.fields.timeZone}>
        {(control) => <TextInput {...control} name="timeZone" defaultValue={policy.timeZone} disabled={!mayChange} />}
      </Field>
      <Field
        label="Public holidays there"
        hint="One in each line, as 2026-12-25. Working days are counted without them, and a time that ends on one ends on the next working day. They count for requests that are filed from now on."
        error={form.fields.restDays}
        optional
      >
        {(control) => (
          <TextArea
            {...control}
            name="restDays"
            rows={4}
            defaultValue={policy.restDays.join("\n")}
            disabled={!mayChange}
          />
        )}
      </Field>
      {mayChange ? (
        <div>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Save
          </Button>
        </div>
      ) : (
        <p className="text-soft">Administrators can change this.</p>
      )}
    </FieldForm>
  );
}

/** A looser policy waits until somebody other than who asked for it agrees. */
export function AskedPolicyNotice({ asked }: { asked: AskedPolicy }) {
  const form = useActionForm(agreeToPolicyAction, () => undefined);
  const { approvalsRequired, graceHours, by, isOwn } = asked;
  return (
    <div className="flex flex-col gap-2">
      <FormNotice form={form} />
      <Notice
        tone="info"
        action={
          isOwn ? null : (
            <Button disabled={form.busy} onClick={() => form.submit({})}>
              Agree
            </Button>
          )
        }
      >
        {`${by} asks for a looser policy: ${formatCount(approvalsRequired, "approval")}, ${formatCount(graceHours, "hour")} to change one's mind. It holds once somebody else agrees.`}
      </Notice>
    </div>
  );
}
