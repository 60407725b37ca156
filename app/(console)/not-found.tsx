import type { Metadata } from "next";
import { NoPage } from "#app/no-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <NoPage title="There is nothing here">
      What this address pointed to may have been deleted, belong to another project, or never have existed.
    </NoPage>
  );
}
