import { Time } from "#components/ui/time.tsx";
import type { TrailStatus } from "#lib/audit/queries.ts";
import { formatCount } from "#lib/format.ts";

/** How far the trail is chained: each event's hash holds the one before, so that none can be changed unnoticed. */
export function TrailState({ status: { linked, unlinked, checkpointAt } }: { status: TrailStatus }) {
  return (
    <p className="mb-4 text-xs text-faint">
      {`${formatCount(linked, "event")} in the chain`}
      {unlinked > 0 ? `, ${unlinked} not in it yet` : ""}
      {" · "}
      {checkpointAt ? (
        <>
          last signed checkpoint outside of the database <Time at={checkpointAt} />
        </>
      ) : (
        "no signed checkpoint yet"
      )}
      {" · "}
      <code>npm run audit:verify</code> walks it
    </p>
  );
}
