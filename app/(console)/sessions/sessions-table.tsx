"use client";

import { sessionsView } from "#app/(console)/sessions/search-params.ts";
import { columnsOf, type Filter, type Sent, type TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { number } from "#lib/format.ts";
import type { SessionRow } from "#lib/sessions/queries.ts";
import { displayName } from "#lib/users/schema.ts";

type Row = Sent<SessionRow>;

const FILTERS: Filter[] = [
  { kind: "days", label: "Active", from: "from", to: "to" },
  { kind: "text", label: "Metadata", param: "meta", hint: 'channel=web, or {"topic": "billing"}' },
];

const column = columnsOf<Row>();

function columns(ofOneUser: boolean, mayRead: boolean): TableColumn<Row>[] {
  const user = column.display({
    id: "user",
    meta: { label: "User" },
    cell: ({ row }) => (
      <a href={`/users/${row.original.userUuid}`} dir="auto">
        {displayName(row.original)}
      </a>
    ),
  });
  return [
    column.display({
      id: "sessionId",
      meta: { label: "Session", sort: "sessionId", always: true },
      cell: ({ row }) =>
        mayRead ? (
          <a data-row-link href={`/sessions/${row.original.uuid}`} dir="auto" className="mono strong">
            {row.original.sessionId}
          </a>
        ) : (
          <span dir="auto" className="mono">
            {row.original.sessionId}
          </span>
        ),
    }),
    ...(ofOneUser ? [] : [user]),
    column.display({
      id: "messages",
      meta: { label: "Messages", sort: "messages", align: "end" },
      cell: ({ row }) => number(row.original.messageCount),
    }),
    column.display({
      id: "activity",
      meta: { label: "Last message", sort: "activity" },
      cell: ({ row }) =>
        row.original.lastMessageAt ? (
          <Time at={row.original.lastMessageAt} />
        ) : (
          <span className="text-faint">none yet</span>
        ),
    }),
    column.display({
      id: "created",
      meta: { label: "Started", sort: "created", wide: true },
      cell: ({ row }) => <Time at={row.original.createdAt} show="absolute" />,
    }),
    column.display({
      id: "state",
      meta: { label: "State", wide: true },
      cell: ({ row }) => (row.original.endedAt ? <Tag tone="ended">ended</Tag> : <Tag tone="now">open</Tag>),
    }),
  ];
}

const COLUMNS = {
  ofProject: { read: columns(false, true), see: columns(false, false) },
  ofUser: { read: columns(true, true), see: columns(true, false) },
};

interface SessionsTableProps {
  initial: Initial;
  keptHidden: string[];
  /** Only this user's; their page is about nobody else. */
  user?: string;
  mayRead: boolean;
}

export function SessionsTable({ user, mayRead, ...table }: SessionsTableProps) {
  return (
    <DataTable<Row>
      {...table}
      view={sessionsView}
      name="Sessions"
      noun="session"
      path="/sessions"
      fixed={user ? { user } : undefined}
      columns={COLUMNS[user ? "ofUser" : "ofProject"][mayRead ? "read" : "see"]}
      rowId={(session) => session.uuid}
      searchLabel="Search session ID"
      filters={FILTERS}
      empty={
        <EmptyState title="No sessions yet">
          {user
            ? "This person has not talked to the application yet."
            : "Conversations appear here as soon as applications send messages."}
        </EmptyState>
      }
    />
  );
}
