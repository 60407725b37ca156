import Link from "next/link";
import { FactLine } from "#app/(console)/users/[id]/fact-line.tsx";
import { FailedEpisodes } from "#app/(console)/users/[id]/failed-episodes.tsx";
import { SummaryCard } from "#app/(console)/users/[id]/summary-card.tsx";
import { PeriodicRefresh } from "#components/ui/periodic-refresh.tsx";
import { Section } from "#components/ui/section.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Actor } from "#lib/auth/actor.ts";
import { can } from "#lib/auth/permissions.ts";
import { formatCount, formatNumber, formatShortDay } from "#lib/format.ts";
import { getSummary } from "#lib/graph/summary/queries.ts";
import { isQuotation } from "#lib/graph/summary/schema.ts";
import { type LateConversation, listLateConversations } from "#lib/graph/view/conversations/queries.ts";
import { type FactChange, type FactCounts, getFactCounts, listFactChanges } from "#lib/graph/view/facts/queries.ts";
import { getIngestionState, type IngestionState } from "#lib/ingestion/queries.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";
import { awaitOrNotFound } from "#lib/page.ts";

/** As many changes and conversations as one takes in at a glance. */
const TURNS = 6;
const LATE = { conversations: 3, quotes: 2 };

/** What is remembered of a person: the card, how far memory is with what was said, and what was lately. */
export async function Memory({ actor, user }: { actor: Actor; user: string }) {
  const [summary, state, counts, turns, conversations] = await awaitOrNotFound(
    Promise.all([
      getSummary(actor, user),
      getIngestionState(actor, user),
      getFactCounts(actor, user),
      listFactChanges(actor, user, TURNS),
      listLateConversations(actor, user, LATE),
    ]),
  );
  return (
    <>
      <Section title="What is remembered" about={describeProgress(state)}>
        <div className="flex flex-col gap-3">
          {state.waiting + state.stale > 0 ? <PeriodicRefresh /> : null}
          {state.failed > 0 ? <FailedEpisodes user={user} count={state.failed} /> : null}
          {summary.sentences.length === 0 ? (
            <p className="max-w-[65ch] text-soft">
              {counts.current > 0
                ? "No fact about this person has enough confidence for a summary. The facts list all of them."
                : "Nothing yet. As soon as this person says something that states a fact, a summary of what is known stands here."}
            </p>
          ) : (
            // What was said of late stands in its conversations, below.
            <SummaryCard
              user={user}
              sentences={summary.sentences.filter((sentence) => !isQuotation(sentence))}
              may={{ write: can(actor, "graph:write"), erase: can(actor, "graph:erase") }}
            />
          )}
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-faint">
            <Counts user={user} counts={counts} />
            {summary.since ? (
              <span>
                {summary.stated ? "written by hand" : "written from the facts"}, last changed{" "}
                <Time at={summary.since} />
              </span>
            ) : null}
            {summary.earlier > 0 ? (
              <Link href={`/users/${user}/summary`} className="text-river hover:underline">
                {formatCount(summary.earlier, "earlier version")}
              </Link>
            ) : null}
          </p>
        </div>
      </Section>
      {turns.length + conversations.length > 0 ? (
        <Section title="Lately" about="What began and ended, and what was told">
          <div className="flex flex-col gap-4">
            {turns.length > 0 ? (
              <ol className="flex flex-col gap-1.5">
                {turns.map((turn) => (
                  <TurnLine key={`${turn.uuid} ${turn.turned}`} turn={turn} />
                ))}
              </ol>
            ) : null}
            {conversations.map((conversation) => (
              <Conversation key={conversation.sessionUuid} conversation={conversation} />
            ))}
          </div>
        </Section>
      ) : null}
    </>
  );
}

function Counts({ user, counts }: { user: string; counts: FactCounts }) {
  const kinds = [
    { state: "current", words: "current", count: counts.current },
    { state: "past", words: "over", count: counts.past },
    { state: "coming", words: "to come", count: counts.coming },
  ];
  return (
    <>
      {kinds.map(({ state, words, count }) =>
        count > 0 ? (
          <Link key={state} href={`/users/${user}/facts?state=${state}`} className="text-river hover:underline">
            {`${state === "current" ? formatCount(count, "fact") : formatNumber(count)} ${words}`}
          </Link>
        ) : null,
      )}
      {counts.nodes > 1 ? (
        <Link href={`/users/${user}/graph`} className="text-river hover:underline">
          {`${formatCount(counts.nodes, "node")} in the graph`}
        </Link>
      ) : null}
    </>
  );
}

function TurnLine({ turn }: { turn: FactChange }) {
  return (
    <li className="grid grid-cols-[6.5rem_4rem_minmax(0,1fr)] items-baseline gap-x-3">
      <span className="text-xs text-faint tabular-nums">{formatShortDay(turn.at)}</span>
      <span>
        <Tag tone={turn.turned === "began" ? "now" : "ended"}>{turn.turned === "over" ? "over by" : turn.turned}</Tag>
      </span>
      <FactLine fact={{ ...turn, fact: cutName(turn) }} />
    </li>
  );
}

/** Whom it is about stands above the list: "plan is Pro", "works at Acme". */
function cutName({ fact, sourceName }: FactChange): string {
  return fact.startsWith(sourceName) ? fact.slice(sourceName.length).replace(/^(?:'s)? /, "") : fact;
}

/** A conversation in the person's own words, which lead to where they were said. */
function Conversation({ conversation: { sessionUuid, at, quotes } }: { conversation: LateConversation }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <Link href={`/sessions/${sessionUuid}`} className="pt-1 text-xs text-faint tabular-nums hover:underline">
        {formatShortDay(at)}
      </Link>
      <ul className="flex flex-col gap-1">
        {quotes.map(({ uuid, words, messageUuid }) => (
          <li key={uuid}>
            <Link
              href={buildMessagePath({ sessionUuid, messageUuid }) ?? `/sessions/${sessionUuid}`}
              title="Where it was said"
              dir="auto"
              className="font-serif text-[0.9375rem] leading-6 text-soft hover:underline"
            >
              {`“${words}”`}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function describeProgress({ waiting, processed, stale, unread }: IngestionState): string {
  if (waiting > 0) return `${formatCount(waiting, "episode")} waiting to be read`;
  if (stale > 0) return `${processed - stale} of ${formatCount(processed, "episode")} read by the new reader so far`;
  if (unread > 0) return `${formatCount(processed - unread, "episode")} read, ${unread} not read: not in English`;
  return processed > 0 ? `All ${formatCount(processed, "episode")} read` : "Nothing said yet";
}
