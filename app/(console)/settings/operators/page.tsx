import type { Metadata } from "next";
import { InviteDialog } from "#app/(console)/settings/operators/invite-dialog.tsx";
import { MembersTable } from "#app/(console)/settings/operators/members-table.tsx";
import { PermissionTable } from "#app/(console)/settings/operators/permission-table.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { listMembers } from "#lib/operators/queries.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";

export const metadata: Metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const actor = await authorizePage("/settings/operators");
  const members = await awaitOrNotFound(listMembers(actor));
  return (
    <>
      <PageHeader
        title="Operators"
        lead="Who works in this project, and what they may do. Changes count from their next click."
        actions={<InviteDialog />}
      />
      <div className="flex flex-col gap-10">
        <MembersTable members={members} self={actor.uuid ?? ""} />
        <Section title="What each role may do" about="Made from the table that the server asks">
          <PermissionTable />
        </Section>
      </div>
    </>
  );
}
