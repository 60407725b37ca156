import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { CertifyUnknown } from "#app/(console)/privacy/receipts/certify-unknown.tsx";
import { loadReceipts, loadReceiptTotal } from "#app/(console)/privacy/receipts/load.ts";
import { ReceiptsTable } from "#app/(console)/privacy/receipts/receipts-table.tsx";
import { receiptView } from "#app/(console)/privacy/receipts/search-params.ts";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { listPrivacyWarnings } from "#lib/privacy/state/queries.ts";

export const metadata: Metadata = { title: "Receipts" };

export default async function ReceiptsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/privacy/receipts");
  const params = await searchParams;
  const initial = await loadInitial(receiptView, params, loadReceipts(actor, params), loadReceiptTotal(actor, params));
  const warnings = await awaitOrNotFound(listPrivacyWarnings(actor));
  return (
    <>
      <PageHeader
        title="Receipts"
        lead="What was erased, and that nothing of it was found afterwards. A receipt names nobody."
        actions={
          <>
            {can(actor, "users:erase") ? <CertifyUnknown /> : null}
            <LinkButton href="/privacy/proofs">Proofs</LinkButton>
            <LinkButton href="/privacy/verify">Verify a receipt</LinkButton>
          </>
        }
      />
      {warnings.length > 0 ? (
        <div className="mb-4 flex flex-col gap-2">
          {warnings.map(({ tone, words }) => (
            <Notice key={words} tone={tone}>
              {words}
            </Notice>
          ))}
        </div>
      ) : null}
      <ReceiptsTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Receipts"))?.value)}
      />
    </>
  );
}
