import type { Metadata } from "next";
import { DownloadCopy } from "#app/your-data/download-copy.tsx";
import { Wordmark } from "#components/brand/wordmark.tsx";

export const metadata: Metadata = { title: "Your data", robots: { index: false } };

/** Where a person finds the copy that was made of their data. It is the same page for everybody, whatever their link says. */
export default function YourDataPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-6 py-12">
      <header>
        <Wordmark size="large" />
        <h1 className="mt-6 font-serif text-2xl leading-8">A copy of your data</h1>
      </header>
      <DownloadCopy />
    </main>
  );
}
