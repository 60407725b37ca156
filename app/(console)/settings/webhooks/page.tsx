import type { Metadata } from "next";
import { CreateWebhookDialog } from "#app/(console)/settings/webhooks/create-webhook-dialog.tsx";
import { WebhooksTable } from "#app/(console)/settings/webhooks/webhooks-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { listWebhooks } from "#lib/webhooks/queries.ts";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const actor = await authorizePage("/settings/webhooks");
  const webhooks = await awaitOrNotFound(listWebhooks(actor));
  return (
    <>
      <PageHeader
        title="Webhooks"
        lead="Which of your systems are told when a privacy request arrives and when a person was erased, so that they can follow."
        actions={<CreateWebhookDialog />}
      />
      {webhooks.length > 0 ? (
        <WebhooksTable webhooks={webhooks} />
      ) : (
        <EmptyState title="No webhooks yet">
          An event names nobody: it carries the number of the request and a hash that only its receiver can match with a
          person.
        </EmptyState>
      )}
    </>
  );
}
