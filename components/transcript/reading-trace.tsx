import { QueryClient, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readJson } from "#components/ui/read-json.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { SentenceTrace, Verdict } from "#lib/extraction/reader/terms.ts";

const WHY_NOT: Record<Exclude<Verdict, "read">, string> = {
  others: "not read: quoted, pasted, code or somebody else's words",
  withheld: "not read: asks not to be remembered",
  unmeant: "not read: a joke, a secret, a dream, or what others think",
  foreign: "not read: not in English",
  machine: "not read: a machine said it, which tells of nobody",
};

/** How a message was read, sentence by sentence: what is known by it, what was refused, and why. */
export function ReadingTrace({ id, session, message }: { id: string; session: string; message: string }) {
  const [client] = useState(() => new QueryClient());
  const read = useQuery(
    {
      queryKey: [message],
      queryFn: ({ signal }) => readJson<SentenceTrace[]>(`/sessions/${session}/reading?message=${message}`, { signal }),
    },
    client,
  );
  return (
    <div id={id} className="mt-1.5 text-xs" aria-live="polite" aria-busy={read.isPending}>
      {read.error ? <p className="text-risk">{read.error.message}</p> : null}
      {read.data?.length === 0 ? <p className="text-soft">Nothing was read here: it is no part of a memory.</p> : null}
      <ol className="flex flex-col gap-2 border-l-2 border-l-hairline pl-3">
        {read.data?.map((sentence, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message may say the same sentence twice, and the list never changes
          <li key={place}>
            <Sentence sentence={sentence} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Sentence({ sentence: { words, verdict, facts, refused, isQuoted } }: { sentence: SentenceTrace }) {
  const isSilent = facts.length === 0 && refused.length === 0 && !isQuoted;
  return (
    <>
      <p dir="auto" className="font-serif text-[0.9375rem] leading-6 text-soft">
        {words}
      </p>
      {verdict !== "read" ? <p className="text-faint">{WHY_NOT[verdict]}</p> : null}
      {facts.map((fact) => (
        <p key={fact} className="flex items-baseline gap-2">
          <Tag tone="now">known</Tag>
          <span dir="auto">{fact}</span>
        </p>
      ))}
      {refused.map((relation) => (
        <p key={relation} className="text-soft">
          {`“${relation}” not taken: it is asked, wished, supposed, denied or only thought, and not stated as so`}
        </p>
      ))}
      {isQuoted ? <p className="text-soft">kept as a quotation: it tells something that lasts</p> : null}
      {verdict === "read" && isSilent ? (
        <p className="text-faint">nothing known, nothing kept: it states nothing of the kinds that are remembered</p>
      ) : null}
    </>
  );
}
