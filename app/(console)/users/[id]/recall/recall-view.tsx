"use client";

import { keepPreviousData, QueryClient, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { ShareBar, ShareLegend } from "#app/(console)/users/[id]/recall/share-bar.tsx";
import type { Sent } from "#components/data-table/columns.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Section } from "#components/ui/section.tsx";
import { formatCount, formatNumber, formatShortDay } from "#lib/format.ts";
import type { RecallView as Recalled, RecalledFact, RecalledTurn } from "#lib/memory/queries.ts";
import type { ContextLimits } from "#lib/memory/schema.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";

const LIMITS: readonly { name: keyof ContextLimits; label: string }[] = [
  { name: "facts", label: "Facts" },
  { name: "turns", label: "Turns" },
  { name: "tokens", label: "Tokens" },
];

/** Asks a person's memory as an application would, and shows what is found, why, and what would be sent. */
export function RecallView({ user, limits }: { user: string; limits: ContextLimits }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  const [asked, setAsked] = useState<{ question: string; limits: ContextLimits } | null>(null);
  const found = useQuery<Sent<Recalled>>(
    {
      queryKey: [user, asked],
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        readJson<Sent<Recalled>>(`/users/${user}/recall/find`, { method: "POST", body: JSON.stringify(asked), signal }),
    },
    client,
  );
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const readNumber = (name: string) => Number(form.get(name));
    setAsked({
      question: String(form.get("question") ?? ""),
      limits: { facts: readNumber("facts"), turns: readNumber("turns"), tokens: readNumber("tokens") },
    });
  };
  return (
    <div className="flex flex-col gap-8">
      <form onSubmit={ask} className="flex max-w-[60rem] flex-wrap items-start gap-3">
        <div className="min-w-64 grow">
          <Field
            label="Question"
            hint="As the application would ask: “Where does she work?”, “What did he do last week?”"
            error={found.error?.message}
          >
            {(control) => (
              <TextInput {...control} name="question" type="search" dir="auto" autoComplete="off" maxLength={2_000} />
            )}
          </Field>
        </div>
        {LIMITS.map(({ name, label }) => (
          <div key={name} className="w-20">
            <Field label={label}>
              {(control) => <TextInput {...control} name={name} inputMode="numeric" defaultValue={limits[name]} />}
            </Field>
          </div>
        ))}
        <Button type="submit" kind="primary" className="mt-5">
          Ask
        </Button>
      </form>
      <div aria-live="polite" aria-busy={found.isFetching}>
        {found.data && asked ? (
          <Found user={user} found={found.data} limits={asked.limits} />
        ) : (
          <p className="max-w-[65ch] text-soft">
            Nothing asked yet. What is found is shown with what its rank is made of, and with the block that an
            application would put before its model.
          </p>
        )}
      </div>
    </div>
  );
}

interface FoundProps {
  user: string;
  found: Sent<Recalled>;
  limits: ContextLimits;
}

function Found({ user, found: { turns, facts, context, tokens }, limits }: FoundProps) {
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex flex-col gap-8">
        <Section title="Turns" about={formatCount(turns.length, "turn")}>
          <ShareLegend />
          <Ranked items={turns} most={limits.turns} render={(turn) => <Turn turn={turn} />} />
        </Section>
      </div>
      <div className="flex flex-col gap-8">
        <Section title="Known facts" about={formatCount(facts.length, "fact")}>
          <Ranked items={facts} most={limits.facts} render={(fact) => <Fact user={user} fact={fact} />} />
        </Section>
        <Section title="Context" about={`${formatNumber(tokens)} of ${formatNumber(limits.tokens)} tokens`}>
          <ScrollRegion label="Context block" className="max-h-[28rem] rounded-lg border bg-raised">
            <pre className="p-3 font-mono text-xs leading-5 whitespace-pre-wrap">{context.trim()}</pre>
          </ScrollRegion>
          <Button kind="quiet" className="mt-2" onClick={() => navigator.clipboard.writeText(context)}>
            Copy the block
          </Button>
        </Section>
      </div>
    </div>
  );
}

interface RankedProps<Item> {
  items: readonly Item[];
  /** As many of them the block may hold. */
  most: number;
  render: (item: Item) => React.ReactNode;
}

function Ranked<Item extends { uuid: string; shares: RecalledTurn["shares"] }>({
  items,
  most,
  render,
}: RankedProps<Item>) {
  if (items.length === 0) return <p className="text-soft">Nothing.</p>;
  return (
    <ol className="flex flex-col">
      {items.map((item, place) => (
        <li
          key={item.uuid}
          className={`grid grid-cols-[1.75rem_minmax(0,1fr)_6rem] items-start gap-x-3 py-2 ${place === most ? "border-t border-dashed" : ""} ${place >= most ? "text-soft" : ""}`}
        >
          <span className="pt-0.5 text-end text-xs text-faint tabular-nums">{place + 1}</span>
          <div className="min-w-0">
            {place === most ? <p className="mb-1 text-xs text-faint">Just missed</p> : null}
            {render(item)}
          </div>
          <ShareBar shares={item.shares} />
        </li>
      ))}
    </ol>
  );
}

function Turn({ turn: { uuid, speaker, words, at, sessionUuid } }: { turn: Sent<RecalledTurn> }) {
  const path = sessionUuid === null ? null : buildMessagePath({ sessionUuid, messageUuid: uuid });
  const said = (
    <span dir="auto" className="font-serif text-[0.9375rem] leading-6">
      {words}
    </span>
  );
  return (
    <>
      <p className="text-xs text-faint">
        {[speaker, formatShortDay(new Date(at))].filter((part) => part !== "").join(", ")}
      </p>
      {path === null ? (
        <p>{said}</p>
      ) : (
        <Link href={path} title="Where it was said" className="hover:underline">
          {said}
        </Link>
      )}
    </>
  );
}

function Fact({ user, fact: { uuid, fact } }: { user: string; fact: Sent<RecalledFact> }) {
  return (
    <Link href={`/users/${user}/facts?fact=${uuid}`} dir="auto" className="font-serif text-[0.9375rem] hover:underline">
      {fact}
    </Link>
  );
}
