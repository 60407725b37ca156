import Link from "next/link";
import type { ReactNode } from "react";
import type { NodeDetail } from "#app/(console)/users/[id]/graph/load.ts";
import type { Sent } from "#components/data-table/columns.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import { formatCount } from "#lib/format.ts";
import { parseAttribute } from "#lib/graph/view/facts/terms.ts";
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
  if (facts.length === 0)
    return (
      <p className="text-soft">
        {detail.facts.length === 0
          ? "None: it was only mentioned."
          : "None on the day and with the filters that are set."}
      </p>
    );
  const told = facts.slice(0, TOLD).map(({ uuid, fact: words }) => ({ uuid, words, fact: known.get(uuid) }));
  const isAttribute = ({ fact }: ToldFact) => fact !== undefined && fact.sourceUuid === fact.targetUuid;
  const attributes = told.filter(isAttribute);
  return (
    <>
      {attributes.length > 0 ? (
        <dl aria-label="Of itself" className="mb-4 grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4 gap-y-2">
          {attributes.map((one) => (
            <Attribute key={one.uuid} told={one} user={user} onEdit={onEdit} />
          ))}
        </dl>
      ) : null}
      <ul className="flex flex-col gap-3">
        {told
          .filter((one) => !isAttribute(one))
          .map((one) => (
            <li key={one.uuid}>
              <p dir="auto" className="font-serif text-[0.9375rem] leading-6">
                {one.words}
              </p>
              <Provenance told={one} user={user} onEdit={onEdit} />
            </li>
          ))}
      </ul>
      {facts.length > TOLD ? (
        <p className="mt-2 text-xs text-faint">{`and ${formatCount(facts.length - TOLD, "more fact")}`}</p>
      ) : null}
    </>
  );
}

interface ToldFact {
  uuid: string;
  words: string;
  /** What is known of it beyond its words, where it is among the latest. */
  fact: LoadedNodeDetail["facts"][number] | undefined;
}

interface ToldProps extends Pick<PanelFactsProps, "user" | "onEdit"> {
  told: ToldFact;
}

/** What is said of the node and of nothing else: "plan", "Team". */
function Attribute({ told, user, onEdit }: ToldProps) {
  if (!told.fact) return null;
  const { label, value } = parseAttribute(told.fact);
  return (
    <>
      <dt className="pt-0.5 text-xs leading-5 text-soft">{label}</dt>
      <dd>
        <p dir="auto" className="font-serif text-[0.9375rem] leading-6">
          {value}
        </p>
        <Provenance told={told} user={user} onEdit={onEdit} />
      </dd>
    </>
  );
}

/** Whether it holds, where it was said, and where it can be changed. */
function Provenance({ told: { uuid, words, fact }, user, onEdit }: ToldProps) {
  return (
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
