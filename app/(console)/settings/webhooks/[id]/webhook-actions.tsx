"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import {
  changeWebhookSecretAction,
  deleteWebhookAction,
  sendFailedAgainAction,
  setWebhookDisabledAction,
  tryWebhookAction,
  updateWebhookAction,
} from "#app/(console)/settings/webhooks/actions.ts";
import { readWebhookFields, WebhookFields } from "#app/(console)/settings/webhooks/webhook-fields.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { type ActionForm, FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";
import type { WebhookDetails } from "#lib/webhooks/queries.ts";

type Asked = "edit" | "disable" | "secret" | "delete";

interface WebhookActionsProps {
  webhook: WebhookDetails;
  hasFailed: boolean;
}

/** What can be done with a webhook. */
export function WebhookActions({ webhook, hasFailed }: WebhookActionsProps) {
  const [asked, ask] = useState<Asked | null>(null);
  const announce = useAnnounce();
  const chosen = { webhook: webhook.uuid };
  const tried = useActionForm(tryWebhookAction, () => announce("An event that says nothing is on its way."));
  const again = useActionForm(sendFailedAgainAction, ({ deliveries }) =>
    announce(`${formatCount(deliveries, "event")} sent again.`),
  );
  const enabled = useActionForm(setWebhookDisabledAction, () => announce("Events are sent again."));
  const close = () => ask(null);
  return (
    <>
      {webhook.disabledAt ? (
        <Button disabled={enabled.busy} onClick={() => enabled.submit({ ...chosen, disabled: false })}>
          Enable
        </Button>
      ) : (
        <>
          <Button disabled={tried.busy} onClick={() => tried.submit(chosen)}>
            Try it
          </Button>
          {hasFailed ? (
            <Button disabled={again.busy} onClick={() => again.submit(chosen)}>
              Send failed again
            </Button>
          ) : null}
          <Button onClick={() => ask("disable")}>Disable</Button>
        </>
      )}
      <Button onClick={() => ask("edit")}>Edit</Button>
      <Button onClick={() => ask("secret")}>Change secret</Button>
      <Button kind="risk-quiet" onClick={() => ask("delete")}>
        Delete
      </Button>
      <FormNotice form={{ failure: tried.failure ?? again.failure ?? enabled.failure }} />
      {asked === "edit" ? <EditDialog webhook={webhook} onClose={close} /> : null}
      {asked === "disable" ? <DisableDialog webhook={webhook} onClose={close} /> : null}
      {asked === "secret" ? <SecretDialog webhook={webhook} onClose={close} /> : null}
      {asked === "delete" ? <DeleteDialog webhook={webhook} onClose={close} /> : null}
    </>
  );
}

interface WebhookDialogProps {
  webhook: WebhookDetails;
  onClose: () => void;
}

function EditDialog({ webhook, onClose }: WebhookDialogProps) {
  const form = useActionForm(updateWebhookAction, onClose);
  return (
    <Dialog title="Edit this webhook" open onOpenChange={(open) => !open && onClose()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ webhook: webhook.uuid, ...readWebhookFields(event.currentTarget) });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <WebhookFields errors={form.fields} url={webhook.url} events={webhook.events} />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function DisableDialog({ webhook, onClose }: WebhookDialogProps) {
  const form = useActionForm(setWebhookDisabledAction, onClose);
  return (
    <Confirmation
      title="Disable this webhook"
      form={form}
      act="Disable"
      keep="Keep it"
      onConfirm={() => form.submit({ webhook: webhook.uuid, disabled: true })}
      onClose={onClose}
    >
      What waits is kept for 30 days and sent once it is enabled again. Of what happens in between, nothing is sent,
      then or later.
    </Confirmation>
  );
}

function DeleteDialog({ webhook, onClose }: WebhookDialogProps) {
  const router = useRouter();
  const form = useActionForm(deleteWebhookAction, () => router.replace("/settings/webhooks"));
  return (
    <Confirmation
      title="Delete this webhook"
      form={form}
      act="Delete webhook"
      keep="Keep it"
      onConfirm={() => form.submit({ webhook: webhook.uuid })}
      onClose={onClose}
    >
      Its secret and the log of what was sent to it go with it. What waits is not sent.
    </Confirmation>
  );
}

interface ConfirmationProps {
  title: string;
  form: Pick<ActionForm<never>, "busy" | "failure">;
  act: string;
  keep: string;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

function Confirmation({ title, form, act, keep, onConfirm, onClose, children }: ConfirmationProps) {
  return (
    <Dialog title={title} open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <FormNotice form={form} />
        <p>{children}</p>
        <DialogActions cancel={keep}>
          <Button kind="risk" disabled={form.busy} onClick={onConfirm}>
            {act}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}

function SecretDialog({ webhook, onClose }: WebhookDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const form = useActionForm(changeWebhookSecretAction, (made) => setSecret(made.secret));
  return (
    <Dialog title={secret ? "Secret changed" : "Change the secret"} open onOpenChange={(open) => !open && onClose()}>
      {secret ? (
        <>
          <Secret label="Secret" value={secret} after="Copy it now: it is not shown again." />
          <DialogActions cancel="Done" />
        </>
      ) : (
        <div className="flex flex-col gap-4">
          <FormNotice form={form} />
          <p>
            Events are signed with the new secret and, for a day, with the one before as well. Hashes of people are
            keyed with the new one from now on.
          </p>
          <DialogActions>
            <Button kind="primary" disabled={form.busy} onClick={() => form.submit({ webhook: webhook.uuid })}>
              Make a new secret
            </Button>
          </DialogActions>
        </div>
      )}
    </Dialog>
  );
}
