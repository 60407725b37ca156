import type { Metadata } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return (
    <div className="mx-auto max-w-xl py-20">
      <EmptyState
        page
        title="Your role does not open this page"
        action={<LinkButton href="/users">Go to users</LinkButton>}
      >
        Someone who administers this project can change your role. This attempt has been noted in the audit trail.
      </EmptyState>
    </div>
  );
}
