"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { FactDialog } from "#app/(console)/facts/fact-dialog.tsx";
import type { Sent } from "#components/data-table/columns.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import type { SummaryFact } from "#lib/graph/summary/queries.ts";

interface SummaryCardProps {
  user: string;
  sentences: { heading: string | null; text: string; facts: Sent<SummaryFact>[] }[];
  may: { write: boolean; erase: boolean };
}

/**
 * The summary as a card, one line for each group of themes. A line shows the facts it rests on while the pointer or the focus is
 * on it; pressing it keeps them open. There each fact can be changed.
 */
export function SummaryCard({ user, sentences, may }: SummaryCardProps) {
  const router = useRouter();
  const [edited, setEdited] = useState<Sent<SummaryFact> | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [kept, setKept] = useState<number | null>(null);
  const id = useId();
  const open = at ?? kept;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving it with the pointer or by Escape only closes what its buttons opened
    <div
      className="max-w-[72ch]"
      onPointerLeave={() => setAt(null)}
      onKeyDown={({ key }) => {
        if (key !== "Escape") return;
        setAt(null);
        setKept(null);
      }}
    >
      <dl className="flex flex-col gap-y-1.5">
        {sentences.map(({ heading, text, facts }, index) => (
          <div
            key={`${heading} ${text}`}
            className={`relative grid gap-x-4 ${heading === null ? "" : "sm:grid-cols-[9.5rem_minmax(0,1fr)]"}`}
          >
            <dt className={heading === null ? "sr-only" : "pt-1 text-xs text-faint"}>{heading ?? "Who"}</dt>
            <dd
              dir="auto"
              className={`font-serif text-pretty ${heading === null ? "text-[1.1875rem] leading-8" : "text-[1.0625rem] leading-7"}`}
            >
              {facts.length === 0 ? (
                text
              ) : (
                // This is a link because the text of a button would not break across lines like the text around it.
                <a
                  href={`#${id}-${index}`}
                  aria-expanded={open === index}
                  aria-controls={`${id}-${index}`}
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
              )}
              <div id={`${id}-${index}`} aria-live="polite" className="absolute inset-x-0 top-full z-20">
                {open === index && facts.length > 0 ? (
                  <RestingFacts facts={facts} onEdit={may.write ? setEdited : null} />
                ) : null}
              </div>
            </dd>
          </div>
        ))}
      </dl>
      <FactDialog fact={edited} user={user} may={may} onClose={() => setEdited(null)} onDone={router.refresh} />
    </div>
  );
}

interface RestingFactsProps {
  facts: Sent<SummaryFact>[];
  /** None for whoever may change nothing. */
  onEdit: ((fact: Sent<SummaryFact>) => void) | null;
}

function RestingFacts({ facts, onEdit }: RestingFactsProps) {
  return (
    <ul className="mt-1 flex flex-col gap-1.5 rounded-lg border border-l-2 border-l-river bg-raised p-3 shadow-lg shadow-(color:--shadow)">
      {facts.map((fact) => (
        <li key={fact.uuid} className="flex flex-wrap items-baseline gap-x-3">
          <span dir="auto" className="font-serif text-[0.9375rem]">
            {fact.fact}
          </span>
          <FactStatus fact={fact} />
          {onEdit ? (
            <button
              type="button"
              onClick={() => onEdit(fact)}
              className="ml-auto rounded text-xs text-river hover:underline"
            >
              Change
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
