import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { NewRequest } from "#app/(console)/privacy/requests/new-request.tsx";
import { loadUsers, loadUserTotal } from "#app/(console)/users/load.ts";
import { usersView } from "#app/(console)/users/search-params.ts";
import { UsersTable } from "#app/(console)/users/users-table.tsx";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage } from "#lib/page.ts";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/users");
  const params = await searchParams;
  const initial = await loadInitial(usersView, params, loadUsers(actor, params), loadUserTotal(actor, params));
  return (
    <>
      <PageHeader
        title="Users"
        lead="Everyone this project's applications remember."
        actions={
          can(actor, "requests:file") && !can(actor, "requests:work") ? <NewRequest opensCase={false} /> : undefined
        }
      />
      <UsersTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Users"))?.value, ["updated"])}
        may={{
          write: can(actor, "users:write"),
          erase: can(actor, "users:erase"),
          export: can(actor, "users:export"),
        }}
      />
    </>
  );
}
