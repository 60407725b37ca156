import type { Metadata } from "next";
import Link from "next/link";
import { DeliveriesTable } from "#app/(console)/settings/webhooks/[id]/deliveries-table.tsx";
import { ReceiverGuide } from "#app/(console)/settings/webhooks/[id]/receiver-guide.tsx";
import { WebhookActions } from "#app/(console)/settings/webhooks/[id]/webhook-actions.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PeriodicRefresh } from "#components/ui/periodic-refresh.tsx";
import { Section } from "#components/ui/section.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getWebhook, listDeliveries } from "#lib/webhooks/queries.ts";
import { DELIVERY_DAYS, MOST_DELIVERIES } from "#lib/webhooks/terms.ts";

export const metadata: Metadata = { title: "Webhook" };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await authorizePage("/settings/webhooks/[id]");
  const uuid = parseUuidOrNotFound((await params).id);
  const webhook = await awaitOrNotFound(getWebhook(actor, uuid));
  const deliveries = await awaitOrNotFound(listDeliveries(actor, uuid));
  const hasFailed = deliveries.some(({ state }) => state === "failed");
  return (
    <>
      {deliveries.some(({ state }) => state === "waiting") ? <PeriodicRefresh /> : null}
      <PageHeader
        above={<Link href="/settings/webhooks">Webhooks</Link>}
        title={<span className="font-mono text-lg">{webhook.url}</span>}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {webhook.disabledAt ? <Tag tone="ended">disabled</Tag> : <Tag tone="now">active</Tag>}
            {webhook.events.map((event) => (
              <Tag key={event}>{event}</Tag>
            ))}
            <span>
              added <Time at={webhook.createdAt} />
            </span>
          </span>
        }
        actions={<WebhookActions webhook={webhook} hasFailed={hasFailed} />}
      />
      <div className="flex flex-col gap-8">
        {webhook.disabledReason ? <Notice tone="risk">{webhook.disabledReason}</Notice> : null}
        {webhook.formerUntil ? (
          <Notice tone="info">
            The secret before signs as well until <Time at={webhook.formerUntil} />.
          </Notice>
        ) : null}
        <Section title="Sent" about={`the latest ${MOST_DELIVERIES}, of the last ${DELIVERY_DAYS} days`}>
          {deliveries.length > 0 ? (
            <DeliveriesTable webhook={uuid} deliveries={deliveries} isDisabled={webhook.disabledAt !== null} />
          ) : (
            <EmptyState title="Nothing was sent yet">“Try it” sends an event that says nothing.</EmptyState>
          )}
        </Section>
        <Section title="For the receiver">
          <ReceiverGuide />
        </Section>
      </div>
    </>
  );
}
