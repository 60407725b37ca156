import type { Metadata } from "next";
import Link from "next/link";
import { Clock } from "#app/(console)/privacy/requests/[id]/clock.tsx";
import { Letter } from "#app/(console)/privacy/requests/[id]/letter.tsx";
import { MentionsReview } from "#app/(console)/privacy/requests/[id]/mentions-review.tsx";
import { NextStep } from "#app/(console)/privacy/requests/[id]/next-step.tsx";
import { OtherSteps } from "#app/(console)/privacy/requests/[id]/other-steps.tsx";
import { StateTag } from "#app/(console)/privacy/requests/state-tag.tsx";
import { type Activity, ActivityList } from "#components/ui/activity-list.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PeriodicRefresh } from "#components/ui/periodic-refresh.tsx";
import { Section } from "#components/ui/section.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { listRequestMentions } from "#lib/privacy/requests/mentions/queries.ts";
import {
  getRequest,
  listRequestEvents,
  type RequestDetails,
  type RequestEvent,
} from "#lib/privacy/requests/queries.ts";
import {
  describeGround,
  REQUEST_STATES,
  type RequestState,
  STATE_WORDS,
  TYPE_WORDS,
} from "#lib/privacy/requests/terms.ts";

// The title names the page and not the person, because titles appear in browser histories and shared screens.
export const metadata: Metadata = { title: "Request" };

const UNDER_WAY = new Set(["scheduled", "executing", "verifying", "residue_found", "awaiting_approval"]);

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await authorizePage("/privacy/requests/[id]");
  const asked = { request: parseUuidOrNotFound((await params).id) };
  const request = await awaitOrNotFound(getRequest(actor, asked));
  const [mentions, events] = await Promise.all([
    awaitOrNotFound(listRequestMentions(actor, asked)),
    awaitOrNotFound(listRequestEvents(actor, asked)),
  ]);
  const isOpen = request.state === "in_review" || request.state === "on_hold";
  return (
    <>
      {UNDER_WAY.has(request.state) ? <PeriodicRefresh /> : null}
      <PageHeader
        above={<Link href="/privacy/requests">Requests</Link>}
        title={`Request ${request.number}`}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            <StateTag state={request.state} />
            <span>{`${TYPE_WORDS[request.type]}, by ${request.channel}`}</span>
            {request.assignee ? <span className="text-faint">{`taken on by ${request.assignee}`}</span> : null}
          </span>
        }
      />
      <div className="flex flex-col gap-8">
        <NextStep request={request} />
        <OtherSteps request={request} />
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
          <div className="flex min-w-0 flex-col gap-8">
            {request.isHeld && request.closedAt === null ? (
              <Notice tone="info">
                A legal hold keeps what is known of them. The erasure stops at it until the hold is released.
              </Notice>
            ) : null}
            <Reason request={request} />
            {request.plan ? <Plan request={request} /> : null}
            {request.plan?.known && request.type === "erasure" && request.closedAt === null ? (
              <Section title="Mentions" about="what others said of them">
                <MentionsReview
                  seen={{ request: request.uuid, version: request.version }}
                  mentions={mentions}
                  total={request.mentions}
                  isOpen={isOpen}
                />
              </Section>
            ) : null}
            <Section title="Letter" about="to read over and send">
              <Letter request={request} />
            </Section>
          </div>
          <aside aria-label="About this request" className="flex min-w-0 flex-col gap-8">
            <Section title="Clock">
              <Clock request={request} />
            </Section>
            <Section title="Person">
              <Person request={request} />
            </Section>
            {request.approvals.length > 0 ? <Approvals request={request} /> : null}
            <Section title="What was done">
              <ActivityList activities={events.map(toActivity)} />
            </Section>
          </aside>
        </div>
      </div>
    </>
  );
}

/** The states in which a request stands for a reason that its next step does not tell already. */
const SAYS_WHY: ReadonlySet<RequestState> = new Set([
  "in_review",
  "blocked_by_hold",
  "rejected",
  "cancelled",
  "withdrawn",
]);

function Reason({ request: { state, stateReason, refusalGround, law } }: { request: RequestDetails }) {
  const words = refusalGround ? describeGround(refusalGround, law) : stateReason;
  if (!words || !SAYS_WHY.has(state)) return null;
  return (
    <Section title={`Why it is ${STATE_WORDS[state]}`}>
      <p className="max-w-prose">{words}</p>
    </Section>
  );
}

function Plan({ request: { plan, receiptUuid, keepsOut, type } }: { request: RequestDetails }) {
  if (!plan) return null;
  return (
    <Section title="Plan" about={plan.known ? "rows, counted when it was looked into" : undefined}>
      {plan.known ? (
        <dl>
          {plan.counts.map(({ title, rows }) => (
            <div key={title} className="flex justify-between border-b border-hairline py-1 last:border-b-0">
              <dt>{title}</dt>
              <dd className="font-medium tabular-nums">{formatNumber(rows)}</dd>
            </div>
          ))}
          {plan.copies.episodes > 0 ? (
            <div className="flex justify-between py-1">
              <dt>{`Episodes copied into ${formatCount(plan.copies.graphs, "other graph")}`}</dt>
              <dd className="font-medium tabular-nums">{formatNumber(plan.copies.episodes)}</dd>
            </div>
          ) : null}
        </dl>
      ) : (
        <p className="text-soft">Nobody is known here by what they named.</p>
      )}
      {type === "erasure" ? (
        <p className="mt-2 text-xs text-faint">
          {keepsOut
            ? "Afterwards applications that add them again are refused."
            : "Applications may add them again afterwards."}
        </p>
      ) : null}
      {receiptUuid ? (
        <Link href={`/privacy/receipts/${receiptUuid}`} className="mt-3 inline-block text-river hover:underline">
          The receipt
        </Link>
      ) : null}
    </Section>
  );
}

function Person({ request: { subject, user, person } }: { request: RequestDetails }) {
  if (!subject && !person)
    return <p className="text-soft">They have been told; nothing here says any more who it was.</p>;
  return (
    <dl className="flex flex-col gap-2">
      {user ? (
        <div>
          <dt className="text-xs text-faint">Known as</dt>
          <dd>
            <Link href={`/users/${user}`} dir="auto" className="text-river hover:underline">
              {person}
            </Link>
          </dd>
        </div>
      ) : null}
      {subject ? (
        <div>
          <dt className="text-xs text-faint">Named by</dt>
          <dd>
            <CopyButton value={subject.identifier} label="what they named" />
          </dd>
        </div>
      ) : null}
      {subject?.contact ? (
        <div>
          <dt className="text-xs text-faint">Answer to</dt>
          <dd>
            <CopyButton value={subject.contact} label="where to answer" />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

function Approvals({ request: { approvals } }: { request: RequestDetails }) {
  return (
    <Section title="Approvals">
      <ul className="flex flex-col gap-2">
        {approvals.map(({ operator, step, approved, at, counts }) => (
          <li key={`${operator} ${at.toISOString()} ${step}`}>
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{operator}</span>
              <Tag tone={approved && counts ? "now" : "ended"}>
                {approved ? (step === "expedite" ? "not to wait" : "approved") : "sent back"}
              </Tag>
              {counts ? null : <span className="text-xs text-faint">an earlier plan</span>}
            </p>
            <p className="text-xs text-soft">
              <Time at={at} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** As the list of what was done shows an event. */
function toActivity({ seq, who, what, at, state }: RequestEvent): Activity {
  const reached = REQUEST_STATES.find((name) => name === state);
  const note = reached ? STATE_WORDS[reached] : null;
  return { key: seq, who: who ?? "By itself", what, note, at };
}
