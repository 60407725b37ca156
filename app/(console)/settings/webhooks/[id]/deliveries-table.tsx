"use client";

import { useState } from "react";
import { sendAgainAction } from "#app/(console)/settings/webhooks/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatNumber } from "#lib/format.ts";
import type { DeliveryRow } from "#lib/webhooks/queries.ts";

interface DeliveriesTableProps {
  webhook: string;
  deliveries: DeliveryRow[];
  isDisabled: boolean;
}

const TONES = { waiting: "waiting", arrived: "now", failed: "risk" } as const;

/** What was sent to a webhook and what came of it; each opens with what it said, and can be sent again. */
export function DeliveriesTable({ webhook, deliveries, isDisabled }: DeliveriesTableProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const delivery = deliveries.find(({ uuid }) => uuid === opened);
  return (
    <>
      <ListTable label="Deliveries" heads={["Event", "State", "Answer", "Attempts", "Next attempt", "Happened", ""]}>
        {deliveries.map((row) => (
          <tr key={row.uuid}>
            <td className="font-mono text-xs">{row.event}</td>
            <td>
              <Tag tone={TONES[row.state]}>{row.state}</Tag>
            </td>
            <td className="text-soft">{describeAnswer(row)}</td>
            <td className="tabular-nums">{formatNumber(row.attempts)}</td>
            <td>{row.nextAt ? <Time at={row.nextAt} /> : null}</td>
            <td>
              <Time at={row.createdAt} />
            </td>
            <td className="text-right">
              <Button kind="quiet" onClick={() => setOpened(row.uuid)}>
                Look
              </Button>
            </td>
          </tr>
        ))}
      </ListTable>
      {delivery ? (
        <DeliveryDialog webhook={webhook} delivery={delivery} isDisabled={isDisabled} onClose={() => setOpened(null)} />
      ) : null}
    </>
  );
}

function describeAnswer({ attempts, status, problem, milliseconds }: DeliveryRow): string {
  if (attempts === 0) return "not sent yet";
  return status === null ? (problem ?? "no answer") : `${status} after ${formatNumber(milliseconds ?? 0)} ms`;
}

interface DeliveryDialogProps {
  webhook: string;
  delivery: DeliveryRow;
  isDisabled: boolean;
  onClose: () => void;
}

function DeliveryDialog({ webhook, delivery, isDisabled, onClose }: DeliveryDialogProps) {
  const announce = useAnnounce();
  const form = useActionForm(sendAgainAction, () => {
    announce("It is sent again.");
    onClose();
  });
  return (
    <Dialog title="What was sent" open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-3">
        <FormNotice form={form} />
        <p>
          <CopyButton value={delivery.uuid} label="webhook-id" />
        </p>
        <JsonView label="Body" value={JSON.parse(delivery.body)} />
        {isDisabled ? <p className="text-soft">Nothing is sent while the webhook is disabled.</p> : null}
        <DialogActions cancel="Close">
          {isDisabled ? null : (
            <Button
              kind="primary"
              disabled={form.busy}
              onClick={() => form.submit({ webhook, delivery: delivery.uuid })}
            >
              Send again
            </Button>
          )}
        </DialogActions>
      </div>
    </Dialog>
  );
}
