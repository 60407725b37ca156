import { QueryClient, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { stopWorkAction } from "#app/(console)/privacy/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { useActionForm } from "#components/ui/use-action-form.tsx";
import type { ProgressState } from "#lib/privacy/progress/schema.ts";

const LOOK_EVERY = 700;

/** How far long work has come, and a way to stop it; nothing before it is known to take a while. */
export function WatchedWork({ work }: { work: string }) {
  const [client] = useState(() => new QueryClient());
  const { data } = useQuery(
    {
      queryKey: [work],
      queryFn: ({ signal }) => readJson<ProgressState | null>(`/privacy/progress?work=${work}`, { signal }),
      refetchInterval: LOOK_EVERY,
    },
    client,
  );
  const stop = useActionForm(stopWorkAction, () => undefined);
  if (!data) return <p role="status">Deleting …</p>;
  return (
    <div className="flex flex-col gap-3">
      <Progress label={data.step || "Beginning"} done={Math.min(data.done, data.total)} total={data.total} />
      <div>
        <Button disabled={stop.busy} onClick={() => stop.submit({ work })}>
          Stop, and delete nothing
        </Button>
      </div>
    </div>
  );
}
