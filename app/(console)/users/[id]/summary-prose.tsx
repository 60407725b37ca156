"use client";

import { useId, useState } from "react";
import type { Sent } from "#components/data-table/columns.ts";
import { Holding } from "#components/facts/holding.tsx";
import type { SummaryFact } from "#lib/summaries/queries.ts";

interface SummaryProseProps {
  sentences: { text: string; facts: Sent<SummaryFact>[] }[];
}

/** What is remembered, as prose. A sentence opens to the facts it rests on. */
export function SummaryProse({ sentences }: SummaryProseProps) {
  const [open, setOpen] = useState<number | null>(null);
  const id = useId();
  const facts = open === null ? [] : (sentences[open]?.facts ?? []);
  return (
    <div>
      <p dir="auto" className="max-w-[65ch] font-serif text-[1.1875rem] leading-8 text-pretty">
        {sentences.map(({ text, facts: resting }, index) => (
          <span key={text}>
            {resting.length === 0 ? (
              text
            ) : (
              <button
                type="button"
                aria-expanded={open === index}
                aria-controls={id}
                onClick={() => setOpen(open === index ? null : index)}
                className={`inline rounded-sm text-start decoration-river/40 decoration-dotted underline-offset-4 hover:underline ${open === index ? "bg-mark/60" : ""}`}
              >
                {text}
              </button>
            )}{" "}
          </span>
        ))}
      </p>
      <div id={id} aria-live="polite">
        {facts.length > 0 ? (
          <ul className="mt-3 flex flex-col gap-1.5 border-l-2 border-l-river pl-3">
            {facts.map((fact) => (
              <li key={fact.uuid} className="flex flex-wrap items-baseline gap-x-3">
                <span dir="auto" className="font-serif text-[0.9375rem]">
                  {fact.fact}
                </span>
                <Holding validAt={fact.validAt} invalidAt={fact.invalidAt} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}
