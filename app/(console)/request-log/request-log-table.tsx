"use client";

import { requestView } from "#app/(console)/request-log/search-params.ts";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RequestRow } from "#lib/request-log/queries.ts";
import { OUTCOME_LABELS, REQUEST_METHODS, REQUEST_OUTCOMES } from "#lib/request-log/terms.ts";

type Row = Sent<RequestRow>;

const COLUMNS: TableColumn<Row>[] = [
  {
    id: "at",
    label: "When",
    sort: "at",
    always: true,
    filter: { kind: "days", label: "When", from: "from", to: "to" },
    cell: (request) => <Time at={request.at} show="absolute" />,
  },
  {
    id: "method",
    label: "Method",
    filter: {
      kind: "choice",
      label: "Method",
      param: "method",
      choices: REQUEST_METHODS.map((value) => ({ value, label: value })),
    },
    cell: (request) => <span className="mono">{request.method}</span>,
  },
  {
    id: "route",
    label: "Route",
    always: true,
    cell: (request) => <span className="mono">{request.route}</span>,
  },
  {
    id: "status",
    label: "Status",
    filter: {
      kind: "choice",
      label: "Outcome",
      param: "outcome",
      choices: REQUEST_OUTCOMES.map((value) => ({ value, label: OUTCOME_LABELS[value] })),
    },
    cell: (request) =>
      request.status < 400 ? (
        <span className="tabular-nums">{request.status}</span>
      ) : (
        <Tag tone="risk">{String(request.status)}</Tag>
      ),
  },
  {
    id: "duration",
    label: "Took",
    sort: "duration",
    align: "end",
    cell: (request) => <span className="tabular-nums">{`${request.duration.toFixed(1)} ms`}</span>,
  },
  {
    id: "key",
    label: "Key",
    cell: (request) => request.keyName ?? <span className="text-faint">a removed key</span>,
  },
];

interface RequestsTableProps {
  initial: Initial;
  keptHidden: string[];
  keys: { uuid: string; name: string }[];
}

export function RequestsTable({ keys, ...table }: RequestsTableProps) {
  const filters: Filter[] = [
    {
      kind: "choice",
      label: "Key",
      param: "key",
      choices: keys.map(({ uuid, name }) => ({ value: uuid, label: name })),
    },
  ];
  return (
    <DataTable<Row>
      {...table}
      view={requestView}
      name="Requests"
      noun="request"
      path="/request-log"
      columns={COLUMNS}
      rowId={(request) => request.seq}
      filters={filters}
      empty={
        <EmptyState
          title="No application has called yet"
          action={
            <LinkButton kind="primary" href="/reference">
              Read the API reference
            </LinkButton>
          }
        >
          Create a key, point a client at this server, and its calls appear here.
        </EmptyState>
      }
    />
  );
}
