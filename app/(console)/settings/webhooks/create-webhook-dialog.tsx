"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { createWebhookAction } from "#app/(console)/settings/webhooks/actions.ts";
import { readWebhookFields, WebhookFields } from "#app/(console)/settings/webhooks/webhook-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

export function CreateWebhookDialog() {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useActionForm(createWebhookAction, (made) => setSecret(made.secret));
  return (
    <Dialog
      title={secret ? "Webhook added" : "New webhook"}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setSecret(null);
        form.reset();
      }}
      trigger={
        <Button kind="primary">
          <Plus size={15} aria-hidden /> New webhook
        </Button>
      }
    >
      {secret ? (
        <>
          <Secret
            label="Secret"
            value={secret}
            after="Copy it now: it is not shown again. Your application verifies with it that an event comes from here, and finds the person."
          />
          <DialogActions cancel="Done" />
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            form.submit(readWebhookFields(event.currentTarget));
          }}
          className="flex flex-col gap-4"
        >
          <FormNotice form={form} />
          <WebhookFields errors={form.fields} />
          <DialogActions>
            <Button kind="primary" type="submit" disabled={form.busy}>
              Add webhook
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
