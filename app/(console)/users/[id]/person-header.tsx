import Link from "next/link";
import type { ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";

const PARTS = {
  overview: "",
  facts: "/facts",
  graph: "/graph",
  summary: "/summary",
  episodes: "/episodes",
  recall: "/recall",
} as const;

const NAMES: Record<keyof typeof PARTS, string> = {
  overview: "Overview",
  facts: "Facts",
  graph: "Graph",
  summary: "Summary",
  episodes: "Episodes",
  recall: "Recall",
};

interface PersonHeaderProps {
  uuid: string;
  name: string;
  part: keyof typeof PARTS;
  /** Whoever may not read memory sees only the overview. */
  mayRemember: boolean;
  actions?: ReactNode;
}

/** Who a page is about, and the other pages about them. */
export function PersonHeader({ uuid, name, part, mayRemember, actions }: PersonHeaderProps) {
  const keys = Object.keys(PARTS).filter((key): key is keyof typeof PARTS => key in PARTS);
  return (
    <>
      <PageHeader above={<Link href="/users">Users</Link>} title={name} actions={actions} />
      {mayRemember ? (
        <nav aria-label="About this user" className="mb-6 flex gap-1 border-b max-sm:gap-0 max-sm:justify-between">
          {keys.map((key) => (
            <Link
              key={key}
              href={`/users/${uuid}${PARTS[key]}`}
              aria-current={key === part ? "page" : undefined}
              className="-mb-px border-b-2 border-transparent px-3 py-2 text-soft max-sm:px-1.5 hover:text-ink aria-[current=page]:border-river aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {NAMES[key]}
            </Link>
          ))}
        </nav>
      ) : null}
    </>
  );
}
