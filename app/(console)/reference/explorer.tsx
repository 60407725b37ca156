"use client";

import { useEffect, useState } from "react";
import { type ApiDocument, type Chapter, readDocument } from "#app/(console)/reference/document.ts";
import { OperationEntry } from "#app/(console)/reference/operation-entry.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** The whole API to read, narrow down and try; the key that is typed in stays in this page. */
export function Explorer() {
  const { document, failed, retry } = useDocument();
  const [search, setSearch] = useState("");
  const [key, setKey] = useState("");
  if (failed) {
    return (
      <div className="py-8">
        <Notice tone="risk" action={<Button onClick={retry}>Try again</Button>}>
          The reference could not be loaded.
        </Notice>
      </div>
    );
  }
  if (!document) {
    return (
      <div role="status" aria-label="Loading the reference" className="flex flex-col gap-3 py-8">
        <Skeleton className="h-9 w-1/2" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9 w-2/3" />
      </div>
    );
  }
  const chapters = filterChapters(document.chapters, search);
  return (
    <div className="grid gap-x-10 gap-y-6 py-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label="Chapters" className="top-6 self-start lg:sticky">
        <Field label="Find a call">
          {(control) => (
            <TextInput
              {...control}
              type="search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              placeholder="sessions, graph.search …"
            />
          )}
        </Field>
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 lg:flex-col">
          {chapters.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${makeChapterId(name)}`} className="flex justify-between gap-3 py-1 text-soft hover:text-ink">
                {name} <span className="text-faint tabular-nums">{operations.length}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="min-w-0">
        {document.description.split("\n\n").map((paragraph) => (
          <p key={paragraph} className="mb-3 max-w-[70ch] font-serif text-base leading-7 text-soft">
            {paragraph.replaceAll("`", "")}
          </p>
        ))}
        <div className="my-5 max-w-md rounded-lg border bg-raised p-4">
          <Field label="Your API key, to try calls" hint="It stays in this page and goes only to this server.">
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="off"
                spellCheck={false}
                value={key}
                onChange={(event) => setKey(event.target.value.trim())}
                className="font-mono"
              />
            )}
          </Field>
        </div>
        {chapters.length === 0 ? (
          <EmptyState title="No such call">Nothing in the API matches “{search}”.</EmptyState>
        ) : null}
        {chapters.map(({ name, operations }) => (
          <section
            key={name}
            id={makeChapterId(name)}
            aria-labelledby={`${makeChapterId(name)}-title`}
            className="scroll-mt-6 pb-6"
          >
            <h2 id={`${makeChapterId(name)}-title`} className="pb-2 font-serif text-lg font-semibold">
              {name}
            </h2>
            <div className="divide-y divide-hairline rounded-lg border bg-raised">
              {operations.map((operation) => (
                <OperationEntry key={operation.anchor} operation={operation} base={document.base} apiKey={key} />
              ))}
            </div>
          </section>
        ))}
      </main>
    </div>
  );
}

function useDocument() {
  const [document, setDocument] = useState<ApiDocument | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads anew
  useEffect(() => {
    setFailed(false);
    readJson<unknown>("/api/v2/openapi.json")
      .then((json) => setDocument(readDocument(json)))
      .catch(() => setFailed(true));
  }, [attempt]);
  return { document, failed, retry: () => setAttempt((count) => count + 1) };
}

function filterChapters(chapters: Chapter[], search: string): Chapter[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return chapters.flatMap(({ name, operations }) => {
    const left = operations.filter(({ operationId, method, path, summary }) => {
      const text = `${name} ${operationId} ${method} ${path} ${summary}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return left.length > 0 ? [{ name, operations: left }] : [];
  });
}

function makeChapterId(name: string): string {
  return `chapter-${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}
