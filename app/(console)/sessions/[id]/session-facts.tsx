import { JsonView } from "#components/ui/json-view.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatCount, formatDuration, formatShortDay } from "#lib/format.ts";
import type { SessionDetail } from "#lib/sessions/queries.ts";

/** How long the conversation lasted and how many messages it has, in one line. The metadata opens on request. */
export function SessionFacts({ session }: { session: SessionDetail }) {
  const end = session.lastMessageAt ?? session.createdAt;
  const lasted = end.getTime() - session.createdAt.getTime();
  const hasMetadata = JSON.stringify(session.metadata) !== "{}";
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {session.endedAt ? <Tag tone="ended">ended</Tag> : <Tag tone="now">open</Tag>}
      <span>{formatCount(session.messageCount, "message")}</span>
      <span>{`${formatShortDay(session.createdAt)}${lasted > 60_000 ? `, over ${formatDuration(lasted)}` : ""}`}</span>
      {hasMetadata ? (
        <Popover
          title="Session metadata"
          trigger={
            <button type="button" className="text-river hover:underline">
              Metadata
            </button>
          }
        >
          <div className="w-80 max-w-full">
            <JsonView label="Session metadata" value={session.metadata} />
          </div>
        </Popover>
      ) : null}
    </span>
  );
}
