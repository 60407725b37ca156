"use client";

import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/**
 * Shown in place of a page that is refused or missing. Next sends this component along with every page, so the page receives
 * only its name.
 */
export function NoPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl py-20">
      <EmptyState page title={title} action={<LinkButton href="/users">Go to users</LinkButton>}>
        {children}
      </EmptyState>
    </div>
  );
}
