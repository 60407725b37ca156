"use client";

import { EventDetails } from "#app/(console)/audit/event-details.tsx";
import { auditView } from "#app/(console)/audit/search-params.ts";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditRow } from "#lib/audit/queries.ts";
import { AUDIT_ACTION_NAMES, AUDIT_ACTIONS, isAuditAction } from "#lib/audit/terms.ts";

type Row = Sent<AuditRow>;

const WITHOUT_NAME = {
  operator: "A former operator",
  api_key: "A removed key",
  command_line: "Command line",
  anonymous: "Somebody",
};

const COLUMNS: TableColumn<Row>[] = [
  {
    id: "at",
    label: "When",
    sort: "at",
    always: true,
    filter: { kind: "days", label: "When", from: "from", to: "to" },
    cell: (event) => <Time at={event.at} show="absolute" />,
  },
  {
    id: "actor",
    label: "Who",
    cell: (event) => event.actorName ?? WITHOUT_NAME[event.actorKind],
  },
  {
    id: "action",
    label: "What",
    always: true,
    filter: {
      kind: "choice",
      label: "What",
      param: "action",
      choices: AUDIT_ACTION_NAMES.map((value) => ({ value, label: AUDIT_ACTIONS[value] })),
    },
    cell: (event) => (
      <span className="flex items-center gap-2">
        {isAuditAction(event.action) ? AUDIT_ACTIONS[event.action] : event.action}
        {event.outcome === "refused" ? <Tag tone="risk">refused</Tag> : null}
      </span>
    ),
  },
  {
    id: "whom",
    label: "To whom or what",
    cell: (event) => <EventSubject event={event} />,
  },
  {
    id: "details",
    label: "Details",
    cell: (event) => (
      <span className="block min-w-48 py-1 whitespace-normal">
        <EventDetails data={event.data} />
      </span>
    ),
  },
];

function EventSubject({ event }: { event: Row }) {
  if (event.userGone) return <Tag tone="ended">nobody known here any more</Tag>;
  if (event.user) {
    return (
      <a data-row-link href={`/users/${event.user.uuid}`} dir="auto" className="mono">
        {event.user.userId}
      </a>
    );
  }
  return event.objectName ?? <span className="text-faint">–</span>;
}

/** What people did is what one looks for first; applications act many times a minute. */
const BY: Filter = {
  kind: "segments",
  label: "Whose acts",
  param: "by",
  choices: [
    { value: null, label: "People" },
    { value: "applications", label: "Applications" },
    { value: "all", label: "All" },
  ],
};

interface AuditTableProps {
  initial: Initial;
  keptHidden: string[];
  actors: { uuid: string; name: string }[];
}

export function AuditTable({ actors, ...table }: AuditTableProps) {
  const filters: Filter[] = [
    { kind: "text", label: "Person", param: "person", hint: "Part of a user’s name, e-mail address or ID." },
    { kind: "given", label: "About", param: "user", setTo: "the person you came from" },
    {
      kind: "choice",
      label: "Who",
      param: "actor",
      choices: actors.map(({ uuid, name }) => ({ value: uuid, label: name })),
    },
    {
      kind: "choice",
      label: "Outcome",
      param: "outcome",
      choices: [
        { value: "done", label: "Done" },
        { value: "refused", label: "Refused" },
      ],
    },
  ];
  return (
    <DataTable<Row>
      {...table}
      view={auditView}
      name="Audit"
      noun="event"
      path="/audit"
      columns={COLUMNS}
      rowId={(event) => event.seq}
      filters={filters}
      firstFilter={BY}
      empty={
        <EmptyState title="Nothing has happened yet">
          Every change made in the console, over the API or on the command line is written here.
        </EmptyState>
      }
    />
  );
}
