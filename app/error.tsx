"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

const RETRY_MS = 3_000;

/** Shown when a page cannot be rendered, for example while the database is down. Retries by itself until it can. */
export default function PageError({ reset }: { reset: () => void }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch("/api/health").catch(() => null);
      if (!answer?.ok) return;
      router.refresh();
      reset();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [router, reset]);
  return (
    <div className="mx-auto max-w-xl py-20">
      <EmptyState
        page
        title="This page cannot be shown right now"
        action={<Button onClick={() => window.location.reload()}>Try now</Button>}
      >
        <p role="status">
          Most likely the database is not reachable. Nothing is lost; the page tries again every few seconds.
        </p>
      </EmptyState>
    </div>
  );
}
