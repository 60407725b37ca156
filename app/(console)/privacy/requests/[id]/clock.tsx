import { DueTag, getClockTone } from "#app/(console)/privacy/requests/due-tag.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RequestDetails } from "#lib/privacy/requests/queries.ts";
import { CLOCKS } from "#lib/privacy/requests/terms.ts";

const BARS = { now: "bg-now", waiting: "bg-waiting", risk: "bg-risk" };

/** How much of a request's time is over, as a bar and in words. */
export function Clock({ request }: { request: RequestDetails }) {
  const { receivedAt, answerBy, closedAt, law, acknowledgeBy, acknowledgedAt, extendedAt, extensionReason } = request;
  const [from, end] = [receivedAt.getTime(), answerBy.getTime()];
  const reached = (closedAt ?? request.pausedAt ?? new Date()).getTime();
  const share = Math.min(1, Math.max(0, (reached - from) / Math.max(1, end - from)));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <DueTag {...request} />
        <span className="text-xs text-faint">{CLOCKS[law].title}</span>
      </div>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
        <div className={`h-full ${BARS[getClockTone(1 - share)]}`} style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <Entry name="Received" at={receivedAt} />
        <Entry name="Answer by" at={answerBy} />
        {acknowledgeBy && !acknowledgedAt ? <Entry name="Acknowledge by" at={acknowledgeBy} /> : null}
        {acknowledgedAt ? <Entry name="Acknowledged" at={acknowledgedAt} /> : null}
        {request.verifiedAt ? <Entry name="Verified" at={request.verifiedAt} /> : null}
        {extendedAt ? <Entry name="Extended" at={extendedAt} /> : null}
        {request.executeAfter && !closedAt ? <Entry name="To be done" at={request.executeAfter} /> : null}
        {closedAt ? <Entry name="Over" at={closedAt} /> : null}
        {request.answeredAt ? <Entry name="Told" at={request.answeredAt} /> : null}
      </dl>
      {extensionReason ? <p className="text-xs text-soft">{`Extended: ${extensionReason}`}</p> : null}
    </div>
  );
}

function Entry({ name, at }: { name: string; at: Date }) {
  return (
    <>
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="text-xs">
        <Time at={at} show="absolute" />
      </dd>
    </>
  );
}
