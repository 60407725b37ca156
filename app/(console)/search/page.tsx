import type { Metadata } from "next";
import { SaidSearch } from "#app/(console)/search/said-search.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage } from "#lib/page.ts";

export const metadata: Metadata = { title: "Search" };

export default async function SearchPage() {
  await authorizePage("/search");
  return (
    <>
      <PageHeader title="Search" lead="What anybody said, in every conversation of this project." />
      <SaidSearch />
    </>
  );
}
