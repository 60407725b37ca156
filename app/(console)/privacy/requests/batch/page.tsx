import type { Metadata } from "next";
import Link from "next/link";
import { BatchForm } from "#app/(console)/privacy/requests/batch/batch-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage } from "#lib/page.ts";

export const metadata: Metadata = { title: "Requests from a file" };

export default async function BatchPage() {
  await authorizePage("/privacy/requests/batch");
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/requests">Requests</Link>}
        title="Requests from a file"
        lead="Many requests at once, as a CSV file. Each row is checked first, and nothing is filed before you say so."
      />
      <BatchForm />
    </>
  );
}
