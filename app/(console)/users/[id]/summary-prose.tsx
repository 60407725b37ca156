"use client";

import { useId, useState } from "react";
import type { Sent } from "#components/data-table/columns.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import type { SummaryFact } from "#lib/graph/summary/queries.ts";

interface SummaryProseProps {
  sentences: { text: string; facts: Sent<SummaryFact>[] }[];
}

/**
 * The summary as prose. A sentence shows its facts while the pointer or the focus is on it; pressing the sentence keeps them
 * open.
 */
export function SummaryProse({ sentences }: SummaryProseProps) {
  const [at, setAt] = useState<number | null>(null);
  const [kept, setKept] = useState<number | null>(null);
  const id = useId();
  const open = at ?? kept;
  const facts = open === null ? [] : (sentences[open]?.facts ?? []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving it with the pointer or by Escape only closes what its buttons opened
    <div
      className="relative"
      onPointerLeave={() => setAt(null)}
      onKeyDown={({ key }) => {
        if (key !== "Escape") return;
        setAt(null);
        setKept(null);
      }}
    >
      <p dir="auto" className="max-w-[65ch] font-serif text-[1.1875rem] leading-8 text-pretty">
        {sentences.map(({ text, facts: resting }, index) => (
          <span key={text}>
            {resting.length === 0 ? (
              text
            ) : (
              // This is a link because the text of a button would not break across lines like the text around it.
              <a
                href={`#${id}`}
                aria-expanded={open === index}
                aria-controls={id}
                onClick={(event) => {
                  event.preventDefault();
                  setKept(kept === index ? null : index);
                }}
                onPointerEnter={() => setAt(index)}
                onFocus={() => setAt(index)}
                onBlur={() => setAt(null)}
                className={`rounded-sm decoration-river/40 decoration-dotted underline-offset-4 hover:underline ${open === index ? "bg-mark/60" : ""}`}
              >
                {text}
              </a>
            )}{" "}
          </span>
        ))}
      </p>
      <div id={id} aria-live="polite" className="absolute inset-x-0 top-full z-20 max-w-[65ch]">
        {facts.length > 0 ? (
          <ul className="mt-1 flex flex-col gap-1.5 rounded-lg border border-l-2 border-l-river bg-raised p-3 shadow-lg shadow-(color:--shadow)">
            {facts.map((fact) => (
              <li key={fact.uuid} className="flex flex-wrap items-baseline gap-x-3">
                <span dir="auto" className="font-serif text-[0.9375rem]">
                  {fact.fact}
                </span>
                <FactStatus validAt={fact.validAt} invalidAt={fact.invalidAt} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}
