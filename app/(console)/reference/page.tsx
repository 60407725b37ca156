import type { Metadata } from "next";
import Link from "next/link";
import { Explorer } from "#app/(console)/reference/explorer.tsx";
import { Wordmark } from "#components/brand/wordmark.tsx";
import { readPageActor } from "#lib/page.ts";

export const metadata: Metadata = { title: "API reference" };

/** Open to everyone: it describes the API and shows no data. */
export default async function ReferencePage() {
  const isStranger = (await readPageActor()) === null;
  return (
    <div className={isStranger ? "mx-auto max-w-6xl px-4 py-6 sm:px-8" : ""}>
      <header className="flex flex-wrap items-end justify-between gap-4 border-b pb-5">
        <div>
          {isStranger ? (
            <Link href="/users" aria-label="Lethe, to the console" className="mb-4 inline-block">
              <Wordmark />
            </Link>
          ) : null}
          <h1 className="font-serif text-2xl font-semibold tracking-[-0.01em]">API reference</h1>
        </div>
        <a
          href="/api/v2/openapi.json"
          download="lethe-openapi.json"
          className="text-river underline underline-offset-2"
        >
          OpenAPI 3.1 document
        </a>
      </header>
      <Explorer />
    </div>
  );
}
