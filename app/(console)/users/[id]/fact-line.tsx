import Link from "next/link";
import type { FactRow } from "#lib/graph/view/facts/queries.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";

/** A fact in its own words, which lead to where it was said. */
export function FactLine({ fact }: { fact: Pick<FactRow, "fact" | "sessionUuid" | "messageUuid"> }) {
  const href = buildMessagePath(fact);
  const words = (
    <span dir="auto" className="font-serif text-[0.9375rem] leading-6">
      {fact.fact}
    </span>
  );
  if (!href) return words;
  return (
    <Link href={href} title="Where it was said" className="hover:underline">
      {words}
    </Link>
  );
}
