import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { readUsers, readUserTotal } from "#app/(console)/users/read.ts";
import { usersView } from "#app/(console)/users/search-params.ts";
import { UsersTable } from "#app/(console)/users/users-table.tsx";
import { initialOf } from "#components/data-table/initial.ts";
import { hiddenColumnsCookie, keptHidden } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { gate } from "#lib/page.ts";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await gate("/users");
  const params = await searchParams;
  const initial = await initialOf(usersView, params, readUsers(actor, params), readUserTotal(actor, params));
  return (
    <>
      <PageHeader title="Users" lead="Everyone this project's applications remember." />
      <UsersTable
        initial={initial}
        keptHidden={keptHidden((await cookies()).get(hiddenColumnsCookie("Users"))?.value, ["updated"])}
        may={{
          write: can(actor, "users:write"),
          erase: can(actor, "users:erase"),
          export: can(actor, "users:export"),
        }}
      />
    </>
  );
}
