import { QueryClient, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { forgetSourcesAction } from "#app/(console)/facts/actions.ts";
import type { Sent } from "#components/data-table/columns.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount, formatShortDay } from "#lib/format.ts";
import type { FactSource } from "#lib/graph/view/sources/queries.ts";

interface ForgetSourcesProps {
  fact: string;
  onKeep: () => void;
  onDone: () => void;
}

/** Shows what a fact was drawn from and all that was drawn from the same, asks, and forgets it. */
export function ForgetSources({ fact, onKeep, onDone }: ForgetSourcesProps) {
  const announce = useAnnounce();
  const [client] = useState(() => new QueryClient());
  const sources = useQuery(
    {
      queryKey: [fact],
      queryFn: ({ signal }) => readJson<Sent<FactSource>[]>(`/facts/sources?fact=${fact}`, { signal }),
    },
    client,
  );
  const erasure = useActionForm(forgetSourcesAction, ({ rows: { episodes = 0, edges: facts = 0 } }) => {
    announce(
      `Forgotten: ${formatCount(episodes, "source")} and ${formatCount(facts, "fact")} that rested on nothing else.`,
    );
    onDone();
  });
  return (
    <div className="flex flex-col gap-4">
      <FormNotice form={erasure} />
      <p>
        These are forgotten for good, with everything that rests on them alone. There is no undo. The words of messages
        stay in their sessions, and are no memory any more.
      </p>
      {sources.error ? <p className="text-risk">{sources.error.message}</p> : null}
      <ScrollRegion label="What it was drawn from" busy={sources.isPending} className="max-h-80">
        <ul className="flex flex-col gap-3">
          {sources.data?.map((source) => (
            <li key={source.uuid} className="border-l-2 border-l-risk px-3 py-2">
              <p className="text-xs text-faint">{formatShortDay(new Date(source.at))}</p>
              <p dir="auto" className="line-clamp-4 font-serif text-[0.9375rem] leading-6">
                {source.words}
              </p>
              <ul className="mt-1 text-xs text-soft">
                {source.facts.map((drawn) => (
                  <li key={drawn} dir="auto">
                    {drawn}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      <div className="flex flex-wrap justify-end gap-2">
        <Button autoFocus onClick={onKeep}>
          Keep it
        </Button>
        <Button kind="risk" disabled={erasure.busy || !sources.data} onClick={() => erasure.submit({ uuid: fact })}>
          {`Forget ${formatCount(sources.data?.length ?? 0, "source")}`}
        </Button>
      </div>
    </div>
  );
}
