import Link from "next/link";
import { SetAside } from "#app/(console)/users/[id]/set-aside.tsx";
import { SummaryProse } from "#app/(console)/users/[id]/summary-prose.tsx";
import { Section } from "#components/ui/section.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Actor } from "#lib/auth/actor.ts";
import { type FactRow, listHolding } from "#lib/facts/queries.ts";
import { relationWords } from "#lib/facts/schema.ts";
import { counted, shortDay } from "#lib/format.ts";
import { getIngestionState, type IngestionState } from "#lib/ingestion/queries.ts";
import { shown } from "#lib/page.ts";
import { getSummary } from "#lib/summaries/queries.ts";

/** As many facts as one takes in at a glance. */
const AT_A_GLANCE = 36;

/** What is remembered of a person: the summary, how far memory is with what was said, and what holds now. */
export async function Memory({ actor, user }: { actor: Actor; user: string }) {
  const [summary, state, facts] = await shown(
    Promise.all([getSummary(actor, user), getIngestionState(actor, user), listHolding(actor, user, AT_A_GLANCE)]),
  );
  return (
    <>
      <Section title="What is remembered" about={freshness(state)}>
        <div className="flex flex-col gap-3">
          {state.setAside > 0 ? <SetAside user={user} count={state.setAside} /> : null}
          {summary.sentences.length === 0 ? (
            <p className="max-w-[65ch] text-soft">
              Nothing yet. As soon as this person says something that states a fact, a summary of what is known stands
              here.
            </p>
          ) : (
            <SummaryProse sentences={summary.sentences} />
          )}
          {summary.since ? (
            <p className="text-xs text-faint">
              {summary.stated ? "Written by hand" : "Told from the facts"}, last changed <Time at={summary.since} />
            </p>
          ) : null}
        </div>
      </Section>
      {facts.length > 0 ? (
        <Section title="What holds now" about="The surest and newest first">
          <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {[...Map.groupBy(facts, ({ name }) => name)].map(([relation, some]) => (
              <div key={relation} className="min-w-0">
                <dt className="text-xs text-faint">{relationWords(relation)}</dt>
                {some.map((fact) => (
                  <HoldingFact key={fact.uuid} fact={fact} />
                ))}
              </div>
            ))}
          </dl>
          <Link href={`/users/${user}/facts`} className="mt-4 inline-block text-river hover:underline">
            All facts, past ones included
          </Link>
        </Section>
      ) : null}
    </>
  );
}

function HoldingFact({ fact }: { fact: FactRow }) {
  const words = (
    <span dir="auto" className="font-serif text-[0.9375rem] leading-6">
      {fact.fact}
    </span>
  );
  return (
    <dd className="mt-0.5">
      {fact.sessionUuid && fact.messageUuid ? (
        <Link
          href={`/sessions/${fact.sessionUuid}?message=${fact.messageUuid}`}
          title="Where it was said"
          className="hover:underline"
        >
          {words}
        </Link>
      ) : (
        words
      )}{" "}
      <span className="text-xs whitespace-nowrap text-faint">
        {fact.validAt ? `since ${shortDay(fact.validAt)}` : ""} {fact.extractor === "stated" ? <Tag>stated</Tag> : null}
      </span>
    </dd>
  );
}

function freshness({ waiting, processed }: IngestionState): string {
  if (waiting > 0) return `${counted(waiting, "episode")} waiting to be read`;
  return processed > 0 ? `All ${counted(processed, "episode")} read` : "Nothing said yet";
}
