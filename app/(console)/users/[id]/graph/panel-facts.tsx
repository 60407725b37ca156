import Link from "next/link";
import type { ReactNode } from "react";
import type { NodeDetail } from "#app/(console)/users/[id]/graph/load.ts";
import type { Sent } from "#components/data-table/columns.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import { formatCount } from "#lib/format.ts";
import type { ViewFact } from "#lib/graph/view/picture/schema.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";

/** What is known of a node, as it reaches the browser. */
export type LoadedNodeDetail = Omit<NodeDetail, "facts" | "episodes"> & {
  facts: Sent<NodeDetail["facts"][number]>[];
  episodes: Sent<NodeDetail["episodes"][number]>[];
};

interface PanelFactsProps {
  user: string;
  detail: LoadedNodeDetail;
  /** The facts that the picture shows of the node; null where it does not show the node. */
  shown: ViewFact[] | null;
  onEdit: ((fact: LoadedNodeDetail["facts"][number]) => void) | null;
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
                {fact ? <FactStatus fact={fact} /> : null}
                {fact ? <MessageLink place={fact}>where it was said</MessageLink> : null}
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
        <p className="mt-2 text-xs text-faint">{`and ${formatCount(facts.length - TOLD, "more fact")}`}</p>
      ) : null}
    </>
  );
}

/** A link to the message; only the text where the fact was said in no message. */
export function MessageLink({
  place,
  children,
}: {
  place: Parameters<typeof buildMessagePath>[0];
  children: ReactNode;
}) {
  const href = buildMessagePath(place);
  return href ? (
    <Link href={href} className="text-river hover:underline">
      {children}
    </Link>
  ) : null;
}
