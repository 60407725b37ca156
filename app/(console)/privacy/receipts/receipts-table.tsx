"use client";

import { ReceiptStatus } from "#app/(console)/privacy/receipts/receipt-status.tsx";
import { receiptView } from "#app/(console)/privacy/receipts/search-params.ts";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount } from "#lib/format.ts";
import type { ReceiptRow } from "#lib/privacy/receipts/queries.ts";
import { describeErased } from "#lib/privacy/receipts/terms.ts";

type Row = Sent<ReceiptRow>;

const COLUMNS: TableColumn<Row>[] = [
  {
    id: "number",
    label: "Receipt",
    always: true,
    cell: (receipt) => (
      <a data-row-link href={`/privacy/receipts/${receipt.uuid}`} className="mono">
        {receipt.number}
      </a>
    ),
  },
  {
    id: "executed",
    label: "Erased",
    sort: "executed",
    always: true,
    filter: { kind: "days", label: "Erased", from: "from", to: "to" },
    cell: (receipt) => <Time at={receipt.executedAt} show="absolute" />,
  },
  { id: "scope", label: "What", cell: describeErased },
  {
    id: "went",
    label: "What went with it",
    cell: (receipt) => (
      <span className="text-soft">
        {[
          receipt.scope === "person" ? formatCount(receipt.sessions, "session") : null,
          formatCount(receipt.messages, "message"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    ),
  },
  {
    id: "keptOut",
    label: "Kept out",
    cell: (receipt) => (receipt.keptOut ? <Tag>kept out</Tag> : <span className="text-faint">–</span>),
  },
  {
    id: "status",
    label: "Proof",
    always: true,
    cell: (receipt) => <ReceiptStatus status={receipt.status} />,
  },
  {
    id: "proven",
    label: "Proved",
    cell: (receipt) => (receipt.provenAt ? <Time at={receipt.provenAt} /> : <span className="text-faint">–</span>),
  },
];

const BY_STATUS: Filter = {
  kind: "segments",
  label: "Proof",
  param: "status",
  choices: [
    { value: null, label: "All" },
    { value: "pending", label: "Pending" },
    { value: "confirmed", label: "Confirmed" },
    { value: "residue", label: "Residue" },
  ],
};

export function ReceiptsTable(table: { initial: Initial; keptHidden: string[] }) {
  return (
    <DataTable<Row>
      {...table}
      view={receiptView}
      name="Receipts"
      noun="receipt"
      path="/privacy/receipts"
      columns={COLUMNS}
      rowId={(receipt) => receipt.uuid}
      filters={[]}
      firstFilter={BY_STATUS}
      empty={
        <EmptyState title="Nobody has been erased yet">
          Whenever a user or a session is erased, in the console or over the API, its receipt stands here: what went,
          and that nothing is left.
        </EmptyState>
      }
    />
  );
}
