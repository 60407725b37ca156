import type { ReactNode } from "react";
import { Wordmark } from "#components/brand/wordmark.tsx";

/** A page for whoever was sent a link: it is the same for everybody, whatever their link says. */
export function LinkPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-6 py-12">
      <header>
        <Wordmark size="large" />
        <h1 className="mt-6 font-serif text-2xl leading-8">{title}</h1>
      </header>
      {children}
    </main>
  );
}
