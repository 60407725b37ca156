import { QueryClient, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { FactStatus } from "#components/facts/fact-status.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { formatCount } from "#lib/format.ts";
import type { FactRow } from "#lib/graph/view/facts/queries.ts";

interface LearnedFactsProps {
  user: string;
  message: string;
  count: number;
}

/** What was learned from a message, a press away: every fact that rests on it, with the way to where it is changed. */
export function LearnedFacts({ user, message, count }: LearnedFactsProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-1.5 text-xs">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="rounded text-river hover:underline"
      >
        {formatCount(count, "fact")} learned
      </button>
      <div id={id}>{open ? <LearnedFactList user={user} message={message} /> : null}</div>
    </div>
  );
}

type LearnedFact = Pick<FactRow, "uuid" | "fact" | "name" | "targetUuid" | "beginsUntold" | "endsUntold"> & {
  validAt: string | null;
  invalidAt: string | null;
};

function LearnedFactList({ user, message }: Omit<LearnedFactsProps, "count">) {
  const [client] = useState(() => new QueryClient());
  const read = useQuery(
    {
      queryKey: [message],
      queryFn: ({ signal }) => readJson<LearnedFact[]>(`/facts/learned?message=${message}`, { signal }),
    },
    client,
  );
  if (read.error) return <p className="text-risk">{read.error.message}</p>;
  return (
    <ul className="mt-1.5 flex flex-col gap-2 border-l-2 border-l-river pl-3" aria-busy={read.isPending}>
      {read.data?.map((fact) => (
        <li key={fact.uuid}>
          <p dir="auto" className="font-serif text-[0.9375rem] leading-6">
            {fact.fact}
          </p>
          <p className="flex flex-wrap items-center gap-x-3">
            <FactStatus fact={fact} />
            <Link href={`/users/${user}/facts?fact=${fact.uuid}`} className="text-river hover:underline">
              in the facts
            </Link>
            <Link href={`/users/${user}/graph?node=${fact.targetUuid}`} className="text-river hover:underline">
              in the graph
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
