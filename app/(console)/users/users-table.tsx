"use client";

import { Plus } from "lucide-react";
import { EraseUsersDialog } from "#app/(console)/users/erase-users-dialog.tsx";
import { ExportUsersDialog } from "#app/(console)/users/export-users-dialog.tsx";
import { usersView } from "#app/(console)/users/search-params.ts";
import { UserFormDialog } from "#app/(console)/users/user-form-dialog.tsx";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatNumber } from "#lib/format.ts";
import type { UserRow } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export type Row = Sent<UserRow>;

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

const COLUMNS: TableColumn<Row>[] = [
  {
    id: "name",
    label: "Name",
    sort: "name",
    always: true,
    cell: (user) => (
      <a data-row-link href={`/users/${user.uuid}`} dir="auto" className="strong">
        {getDisplayName(user)}
        {user.placeholder ? <PlaceholderTag /> : null}
      </a>
    ),
  },
  {
    id: "email",
    label: "E-mail",
    sort: "email",
    filter: { kind: "choice", label: "Has e-mail", param: "email", choices: YES_NO },
    cell: (user) => user.email ?? <span className="text-faint">none</span>,
  },
  {
    id: "userId",
    label: "User ID",
    sort: "userId",
    wide: true,
    cell: (user) => (
      <span dir="auto" className="mono">
        {user.userId}
      </span>
    ),
  },
  {
    id: "sessions",
    label: "Sessions",
    sort: "sessions",
    align: "end",
    filter: { kind: "choice", label: "Has sessions", param: "sessions", choices: YES_NO },
    cell: (user) => formatNumber(user.sessionCount),
  },
  {
    id: "activity",
    label: "Last activity",
    sort: "activity",
    filter: { kind: "days", label: "Last activity", from: "activeFrom", to: "activeTo" },
    cell: (user) =>
      user.lastActivityAt ? <Time at={user.lastActivityAt} /> : <span className="text-faint">none yet</span>,
  },
  {
    id: "created",
    label: "Created",
    sort: "created",
    wide: true,
    filter: { kind: "days", label: "Created", from: "createdFrom", to: "createdTo" },
    cell: (user) => <Time at={user.createdAt} />,
  },
  {
    id: "updated",
    label: "Edited",
    sort: "updated",
    wide: true,
    cell: (user) => <Time at={user.updatedAt} />,
  },
];

/** Said in words on the person's own page. */
function PlaceholderTag() {
  return (
    <span className="ml-2" title="Made for a session that came before its user">
      <Tag tone="waiting">placeholder</Tag>
    </span>
  );
}

const METADATA: Filter = {
  kind: "text",
  label: "Metadata",
  param: "meta",
  hint: 'plan=gold, address.city=Paris, or {"plan": "gold"}',
};

interface UsersTableProps {
  initial: Initial;
  keptHidden: string[];
  may: { write: boolean; erase: boolean; export: boolean };
}

export function UsersTable({ may, ...table }: UsersTableProps) {
  const add = may.write ? (
    <UserFormDialog
      trigger={
        <Button kind="primary">
          <Plus size={15} aria-hidden /> New user
        </Button>
      }
    />
  ) : null;
  const selectable = may.erase || may.export;
  return (
    <DataTable<Row>
      {...table}
      view={usersView}
      name="Users"
      noun="user"
      path="/users"
      columns={COLUMNS}
      rowId={(user) => user.uuid}
      rowName={getDisplayName}
      searchLabel="Search name, e-mail or ID"
      filters={[METADATA]}
      actions={add}
      selection={
        selectable
          ? (users, clear) => (
              <>
                {may.export ? <ExportUsersDialog users={users} /> : null}
                {may.erase ? <EraseUsersDialog users={users} onDone={clear} /> : null}
              </>
            )
          : undefined
      }
      empty={
        <EmptyState title="Nobody is remembered yet" action={add}>
          Users appear here as soon as an application sends them over the API, or when you import a file:
          <code className="mt-2 block rounded bg-sunk px-2 py-1 font-mono text-xs">npm run import -- people.jsonl</code>
        </EmptyState>
      }
    />
  );
}
