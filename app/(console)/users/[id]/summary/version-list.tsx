import Link from "next/link";
import { Time } from "#components/ui/time.tsx";
import type { SummaryVersion } from "#lib/graph/summary/queries.ts";

/** Every version, the latest first, with how much changed. */
export function VersionList({ versions, chosen }: { versions: SummaryVersion[]; chosen: number }) {
  return (
    <nav aria-label="Versions" className="max-h-80 overflow-y-auto lg:max-h-[calc(100dvh-14rem)]">
      <ol className="border-l">
        {versions.map(({ version, createdAt, added, dropped }) => (
          <li key={version}>
            <Link
              href={`?version=${version}`}
              aria-current={version === chosen ? "true" : undefined}
              className="-ml-px flex items-baseline gap-3 border-l-2 border-transparent px-3 py-2 hover:bg-hover aria-[current=true]:border-river aria-[current=true]:bg-river-wash"
            >
              <span className="font-medium tabular-nums">{version}</span>
              <span className="flex-1 text-soft">
                <Time at={createdAt} />
              </span>
              <span className="text-xs tabular-nums">
                {added > 0 ? <span className="text-now">{`+${added} `}</span> : null}
                {dropped > 0 ? <span className="text-ended">{`−${dropped}`}</span> : null}
                <span className="sr-only">{`: ${added} new, ${dropped} gone`}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
