import type { Metadata } from "next";
import { HoldsList } from "#app/(console)/privacy/holds/holds-list.tsx";
import { PlaceHoldDialog } from "#app/(console)/privacy/holds/place-hold-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { listHolds } from "#lib/privacy/holds/queries.ts";

export const metadata: Metadata = { title: "Legal holds" };

export default async function HoldsPage() {
  const actor = await authorizePage("/privacy/holds");
  const holds = await awaitOrNotFound(listHolds(actor));
  return (
    <>
      <PageHeader
        title="Legal holds"
        lead="Who must not be deleted while a matter is open. The database refuses it on every path; what was asked meanwhile is done on release."
        actions={holds.length > 0 ? <PlaceHoldDialog /> : undefined}
      />
      {holds.length > 0 ? (
        <HoldsList holds={holds} />
      ) : (
        <EmptyState title="Nothing is held" action={<PlaceHoldDialog />}>
          A hold keeps a person, or one session of theirs, from being deleted in the console, over the API and by hand.
        </EmptyState>
      )}
    </>
  );
}
