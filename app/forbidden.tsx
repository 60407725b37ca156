import type { Metadata } from "next";
import { NoPage } from "#app/no-page.tsx";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return (
    <NoPage title="Your role does not open this page">
      Someone who administers this project can change your role, and this attempt has been noted in the audit trail. A
      person who is restricted while their privacy request is settled is open to the privacy team alone.
    </NoPage>
  );
}
