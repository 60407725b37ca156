"use client";

import { useState } from "react";
import { createWebhookAction } from "#app/(console)/settings/webhooks/actions.ts";
import { readWebhookFields, WebhookFields } from "#app/(console)/settings/webhooks/webhook-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { MakingDialog } from "#components/ui/making-dialog.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

/** Adds a webhook; its secret is shown once. */
export function CreateWebhookDialog() {
  const [secret, setSecret] = useState<string | null>(null);
  const form = useActionForm(createWebhookAction, (made) => setSecret(made.secret));
  const resetForm = () => {
    setSecret(null);
    form.reset();
  };
  return (
    <MakingDialog
      button="New webhook"
      title="New webhook"
      titleAfter="Webhook added"
      made={secret}
      onReset={resetForm}
      showMade={(value) => (
        <Secret
          label="Secret"
          value={value}
          after="Copy it now: it is not shown again. Your application verifies with it that an event comes from here, and finds the person."
        />
      )}
    >
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
    </MakingDialog>
  );
}
