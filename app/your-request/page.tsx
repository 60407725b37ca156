import type { Metadata } from "next";
import { LinkPage } from "#app/link-page.tsx";
import { ConfirmForm } from "#app/your-request/confirm-form.tsx";

export const metadata: Metadata = { title: "Your request", robots: { index: false } };

/** Where a person shows that it is they who ask. */
export default function YourRequestPage() {
  return (
    <LinkPage title="Your request">
      <ConfirmForm />
    </LinkPage>
  );
}
