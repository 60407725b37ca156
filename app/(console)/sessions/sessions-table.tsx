"use client";

import { sessionsView } from "#app/(console)/sessions/search-params.ts";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatNumber } from "#lib/format.ts";
import type { SessionRow } from "#lib/sessions/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

type Row = Sent<SessionRow>;

const FILTERS: Filter[] = [
  { kind: "days", label: "Active", from: "from", to: "to" },
  { kind: "text", label: "Metadata", param: "meta", hint: 'channel=web, or {"topic": "billing"}' },
];

function makeColumns(ofOneUser: boolean, mayRead: boolean): TableColumn<Row>[] {
  const user: TableColumn<Row> = {
    id: "user",
    label: "User",
    cell: (session) => (
      <a href={`/users/${session.userUuid}`} dir="auto">
        {getDisplayName(session)}
      </a>
    ),
  };
  return [
    {
      id: "sessionId",
      label: "Session",
      sort: "sessionId",
      always: true,
      cell: (session) =>
        mayRead ? (
          <a data-row-link href={`/sessions/${session.uuid}`} dir="auto" className="mono strong">
            {session.sessionId}
          </a>
        ) : (
          <span dir="auto" className="mono">
            {session.sessionId}
          </span>
        ),
    },
    ...(ofOneUser ? [] : [user]),
    {
      id: "messages",
      label: "Messages",
      sort: "messages",
      align: "end",
      cell: (session) => formatNumber(session.messageCount),
    },
    {
      id: "activity",
      label: "Last message",
      sort: "activity",
      cell: (session) =>
        session.lastMessageAt ? <Time at={session.lastMessageAt} /> : <span className="text-faint">none yet</span>,
    },
    {
      id: "created",
      label: "Created",
      sort: "created",
      wide: true,
      cell: (session) => <Time at={session.createdAt} show="absolute" />,
    },
    {
      id: "state",
      label: "State",
      wide: true,
      cell: (session) => (session.endedAt ? <Tag tone="ended">ended</Tag> : <Tag tone="now">open</Tag>),
    },
  ];
}

const COLUMNS = {
  ofProject: { read: makeColumns(false, true), see: makeColumns(false, false) },
  ofUser: { read: makeColumns(true, true), see: makeColumns(true, false) },
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
