"use client";

import { QueryClient, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { Sent } from "#components/data-table/columns.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field, Select, TextInput } from "#components/ui/field.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { formatAbsoluteTime, formatCount } from "#lib/format.ts";
import type { SaidMessage } from "#lib/messages/search/queries.ts";
import type { SaidQuestion } from "#lib/messages/search/schema.ts";
import { LONGEST_SEARCH, SPEAKERS } from "#lib/messages/search/terms.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";

const SPEAKER_NAMES: Record<SaidQuestion["speaker"], string> = {
  all: "anybody",
  people: "people",
  assistants: "assistants",
};

interface FoundPage {
  messages: Sent<SaidMessage>[];
  hasMore: boolean;
  hasAll: boolean;
}

/** Searches everybody's conversations. What was typed stays on the page and out of the address. */
export function SaidSearch() {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  const [asked, setAsked] = useState<Omit<SaidQuestion, "page"> | null>(null);
  const found = useInfiniteQuery(
    {
      queryKey: [asked],
      enabled: asked !== null,
      initialPageParam: 1,
      queryFn: ({ signal, pageParam }) =>
        readJson<FoundPage>("/search/find", {
          method: "POST",
          body: JSON.stringify({ ...asked, page: pageParam }),
          signal,
        }),
      getNextPageParam: ({ hasMore }: FoundPage, pages: FoundPage[]) => (hasMore ? pages.length + 1 : undefined),
    },
    client,
  );
  const submitSearch = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const speaker = SPEAKERS.find((one) => one === form.get("speaker")) ?? "all";
    setAsked({ text: String(form.get("text") ?? ""), speaker });
  };
  const messages = found.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submitSearch} className="flex max-w-[60rem] flex-wrap items-start gap-3">
        <div className="min-w-64 grow">
          <Field
            label="Words"
            hint="All of them, in any form. “In quotes” as they stand, or between alternatives, - before what must not occur."
            error={found.error?.message}
          >
            {(control) => (
              <TextInput
                {...control}
                name="text"
                type="search"
                dir="auto"
                autoComplete="off"
                maxLength={LONGEST_SEARCH}
              />
            )}
          </Field>
        </div>
        <Field label="Said by">
          {(control) => (
            <Select {...control} name="speaker" defaultValue="all">
              {SPEAKERS.map((speaker) => (
                <option key={speaker} value={speaker}>
                  {SPEAKER_NAMES[speaker]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" kind="primary" className="mt-5">
          Search
        </Button>
      </form>
      <div aria-live="polite" aria-busy={found.isFetching}>
        {asked === null ? (
          <p className="max-w-[65ch] text-soft">
            Nothing searched for yet. The latest messages come first, each with what stands around the words; secrets
            stay masked.
          </p>
        ) : null}
        {found.isPending && asked !== null ? <Skeleton className="h-64 w-full max-w-[60rem]" /> : null}
        {found.data && messages.length === 0 ? (
          <EmptyState title="Nobody said this">No message of this project has any of these words.</EmptyState>
        ) : null}
        {messages.length > 0 ? (
          <>
            <p className="mb-2 text-xs text-faint">
              {found.data?.pages[0]?.hasAll
                ? `${formatCount(messages.length, "message")}${found.hasNextPage ? ", and more" : ""}, the latest first`
                : "No message has all of these words. These have most of them:"}
            </p>
            <ol className="flex max-w-[60rem] flex-col">
              {messages.map((message) => (
                <Said key={message.messageUuid} message={message} />
              ))}
            </ol>
          </>
        ) : null}
      </div>
      {found.hasNextPage ? (
        <div>
          <Button disabled={found.isFetching} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Said({
  message: { messageUuid, sessionUuid, userUuid, person, role, roleType, excerpt, at },
}: {
  message: Sent<SaidMessage>;
}) {
  return (
    <li className="border-t py-3 first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-3 text-xs text-soft">
        <Link href={`/users/${userUuid}`} dir="auto" className="font-medium text-river hover:underline">
          {person}
        </Link>
        {roleType === "user" || roleType === "norole" ? null : (
          <span>
            said by <span dir="auto">{role ?? roleType}</span>
          </span>
        )}
        <span>{formatAbsoluteTime(new Date(at))}</span>
        <Link
          href={buildMessagePath({ sessionUuid, messageUuid }) ?? `/sessions/${sessionUuid}`}
          className="text-river hover:underline"
        >
          read it there
        </Link>
      </p>
      <p dir="auto" className="mt-1 font-serif text-[0.9375rem] leading-6 wrap-anywhere">
        {excerpt.map(({ start, words, isHit }) =>
          isHit ? (
            <mark key={start} className="rounded-sm bg-river-wash text-river-strong">
              {words}
            </mark>
          ) : (
            <span key={start}>{words}</span>
          ),
        )}
      </p>
    </li>
  );
}
