import Link from "next/link";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatNumber } from "#lib/format.ts";
import type { WebhookRow } from "#lib/webhooks/queries.ts";

/** The webhooks, and how deliveries to each stand. */
export function WebhooksTable({ webhooks }: { webhooks: WebhookRow[] }) {
  return (
    <ListTable label="Webhooks" heads={["Address", "Events", "State", "Waiting", "Failed", "Last arrived", "Added"]}>
      {webhooks.map(({ uuid, url, events, disabledAt, waiting, failed, lastArrivedAt, createdAt }) => (
        <tr key={uuid}>
          <td className="max-w-80 truncate font-medium">
            <Link href={`/settings/webhooks/${uuid}`}>{url}</Link>
          </td>
          <td>
            <span className="flex gap-1">
              {events.map((event) => (
                <Tag key={event}>{event}</Tag>
              ))}
            </span>
          </td>
          <td>{disabledAt ? <Tag tone="ended">disabled</Tag> : <Tag tone="now">active</Tag>}</td>
          <td className="tabular-nums">{formatNumber(waiting)}</td>
          <td className="tabular-nums">
            {failed > 0 ? <Tag tone="risk">{formatNumber(failed)}</Tag> : formatNumber(failed)}
          </td>
          <td>{lastArrivedAt ? <Time at={lastArrivedAt} /> : <span className="text-faint">never</span>}</td>
          <td>
            <Time at={createdAt} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}
