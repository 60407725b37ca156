import type { Metadata } from "next";
import { LinkPage } from "#app/link-page.tsx";
import { DownloadCopy } from "#app/your-data/download-copy.tsx";

export const metadata: Metadata = { title: "Your data", robots: { index: false } };

/** Where a person finds the copy that was made of their data. */
export default function YourDataPage() {
  return (
    <LinkPage title="A copy of your data">
      <DownloadCopy />
    </LinkPage>
  );
}
