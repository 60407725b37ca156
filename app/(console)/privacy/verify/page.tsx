import type { Metadata } from "next";
import Link from "next/link";
import { VerifyForm } from "#app/(console)/privacy/verify/verify-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage } from "#lib/page.ts";

export const metadata: Metadata = { title: "Verify a receipt" };

export default async function VerifyPage() {
  await authorizePage("/privacy/verify");
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/receipts">Receipts</Link>}
        title="Verify a receipt"
        lead="Whether this instance signed it, whether a letter of it was changed, and whether it still holds."
      />
      <VerifyForm />
    </>
  );
}
