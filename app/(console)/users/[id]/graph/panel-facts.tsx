import Link from "next/link";
import type { ReactNode } from "react";
import type { NodeDetail } from "#app/(console)/users/[id]/graph/read.ts";
import type { Sent } from "#components/data-table/columns.ts";
import { Holding } from "#components/facts/holding.tsx";
import { counted } from "#lib/format.ts";
import type { ViewFact } from "#lib/graph/view/picture/schema.ts";
import { messagePath } from "#lib/messages/schema.ts";

/** What is known of a node, as it reaches the browser. */
export type Detail = Omit<NodeDetail, "facts" | "episodes"> & {
  facts: Sent<NodeDetail["facts"][number]>[];
  episodes: Sent<NodeDetail["episodes"][number]>[];
};

interface PanelFactsProps {
  user: string;
  detail: Detail;
  /** The facts that the picture shows of the node; null where it does not show the node. */
  shown: ViewFact[] | null;
  onEdit: ((fact: Detail["facts"][number]) => void) | null;
}

/** As many facts as a panel tells one by one. */
const TOLD = 50;

/** The facts that the picture shows, the latest first, each with where it was said and, where it may be, changed. */
export function PanelFacts({ user, detail, shown, onEdit }: PanelFactsProps) {
  const known = new Map(detail.facts.map((fact) => [fact.uuid, fact]));
  const facts = shown?.toReversed() ?? detail.facts;
  if (facts.length === 0) return <p className="text-soft">None on the day and with the filters that are set.</p>;
  return (
    <>
      <ul className="flex flex-col gap-3">
        {facts.slice(0, TOLD).map(({ uuid, fact: words }) => {
          const fact = known.get(uuid);
          return (
            <li key={uuid}>
              <p dir="auto" className="font-serif text-[0.9375rem] leading-6">
                {words}
              </p>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
                {fact ? <Holding validAt={fact.validAt} invalidAt={fact.invalidAt} /> : null}
                {fact ? <SaidIn place={fact}>where it was said</SaidIn> : null}
                {fact && onEdit ? (
                  <button
                    type="button"
                    aria-label={`Change: ${words}`}
                    className="text-river hover:underline"
                    onClick={() => onEdit(fact)}
                  >
                    change
                  </button>
                ) : null}
                {fact ? null : (
                  <Link href={`/users/${user}/facts?fact=${uuid}`} className="text-river hover:underline">
                    in the facts
                  </Link>
                )}
              </p>
            </li>
          );
        })}
      </ul>
      {facts.length > TOLD ? (
        <p className="mt-2 text-xs text-faint">{`and ${counted(facts.length - TOLD, "more fact")}`}</p>
      ) : null}
    </>
  );
}

/** The way to a message; nothing for what was said in none. */
export function SaidIn({ place, children }: { place: Parameters<typeof messagePath>[0]; children: ReactNode }) {
  const href = messagePath(place);
  return href ? (
    <Link href={href} className="text-river hover:underline">
      {children}
    </Link>
  ) : null;
}
