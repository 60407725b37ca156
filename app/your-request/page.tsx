import type { Metadata } from "next";
import { ConfirmForm } from "#app/your-request/confirm-form.tsx";
import { Wordmark } from "#components/brand/wordmark.tsx";

export const metadata: Metadata = { title: "Your request", robots: { index: false } };

/** Where a person shows that it is they who ask. It is the same page for everybody, whatever their link says. */
export default function YourRequestPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-6 py-12">
      <header>
        <Wordmark size="large" />
        <h1 className="mt-6 font-serif text-2xl leading-8">Your request</h1>
      </header>
      <ConfirmForm />
    </main>
  );
}
