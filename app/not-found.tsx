import type { Metadata } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="mx-auto max-w-xl py-20">
      <EmptyState page title="There is nothing here" action={<LinkButton href="/users">Go to users</LinkButton>}>
        What this address pointed to may have been deleted, belong to another project, or never have existed.
      </EmptyState>
    </div>
  );
}
