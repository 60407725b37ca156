"use client";

import { useState } from "react";
import type { Seen } from "#app/(console)/privacy/requests/[id]/reason-dialog.tsx";
import { sendLetterAction } from "#app/(console)/privacy/requests/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { RequestDetails } from "#lib/privacy/requests/queries.ts";

/** What the person is to be told as things stand, to copy or, where a mail server is configured, to send. */
export function Letter({ request }: { request: RequestDetails }) {
  const { letter, mail, isAboutThem } = request;
  return (
    <div className="flex flex-col gap-3">
      <div className="rounded-lg border bg-raised px-4 py-3">
        <p className="font-medium">{letter.subject}</p>
        <p className="mt-2 font-serif leading-7 whitespace-pre-line">{letter.text}</p>
      </div>
      {mail?.letters && !isAboutThem ? <SendLetter request={request} from={mail.from} to={mail.letters} /> : null}
    </div>
  );
}

interface SendLetterProps {
  request: RequestDetails;
  from: string;
  to: string;
}

function SendLetter({ request, from, to }: SendLetterProps) {
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const form = useActionForm(sendLetterAction, ({ files }) => {
    announce(files > 0 ? "Sent, with their copy of the receipt." : "Sent.");
    setOpen(false);
  });
  const seen: Seen = { request: request.uuid, version: request.version };
  return (
    <Dialog
      title="Send this letter"
      description={
        <>
          From <span className="break-all font-mono text-xs">{from}</span> to{" "}
          <span className="break-all font-mono text-xs">{to}</span>. That it was sent is recorded, and not what it says.
        </>
      }
      wide
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        form.reset();
      }}
      trigger={<Button className="self-start">Send by e-mail …</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({
            ...seen,
            to,
            sentBefore: request.lettersSent,
            text: String(new FormData(event.currentTarget).get("text") ?? ""),
          });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <Field
          label={request.letter.subject}
          hint={
            request.receiptUuid && request.closedAt
              ? "Their own copy of the receipt goes with it, unless somebody has it already."
              : undefined
          }
          error={form.fields.text}
        >
          {(control) => <TextArea {...control} name="text" rows={14} defaultValue={request.letter.text} />}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            {form.busy ? "Being sent …" : "Send it"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
