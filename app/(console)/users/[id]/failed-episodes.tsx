"use client";

import { retryFailedEpisodesAction } from "#app/(console)/facts/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";

/** Says that some episodes failed, and offers to retry them. */
export function FailedEpisodes({ user, count }: { user: string; count: number }) {
  const retry = useActionForm(retryFailedEpisodesAction, () => undefined);
  return (
    <Notice
      tone="risk"
      action={
        <Button disabled={retry.busy} onClick={() => retry.submit({ user })}>
          Retry
        </Button>
      }
    >
      {formatCount(count, "episode")} could not be read. The others are not affected.
      {retry.failure ? <span className="block">{retry.failure.message}</span> : null}
    </Notice>
  );
}
