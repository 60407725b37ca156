import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ComparedPart } from "#lib/graph/summary/comparison.ts";
import type { SummaryCause, SummaryComparison, SummaryVersion } from "#lib/graph/summary/queries.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";

interface ComparisonProps {
  comparison: SummaryComparison;
  version: number;
  against: number;
  versions: SummaryVersion[];
}

/** Compares two versions of a summary: what was added, what was removed, and which messages caused it. */
export function Comparison({ comparison, version, against, versions }: ComparisonProps) {
  const { lines, causes, createdAt } = comparison;
  const others = versions.filter((other) => other.version < version);
  return (
    <div className="flex flex-col gap-8">
      <Section title={`Version ${version}`} about={against > 0 ? `compared with version ${against}` : "the first"}>
        <p className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-2 text-xs text-faint">
          <span>
            Told <Time at={createdAt} show="absolute" />
          </span>
          <span className="flex gap-4">
            <Key mark={<span className={LOOK.added}>new</span>}>said since</Key>
            <Key mark={<span className={`${LOOK.dropped} line-through`}>gone</span>}>said no more</Key>
          </span>
        </p>
        <dl className="flex max-w-[65ch] flex-col gap-2">
          {lines.map(({ heading, parts }) => (
            <div key={heading ?? ""}>
              <dt className="text-xs text-faint">{heading ?? "Who"}</dt>
              <dd dir="auto" className="flex flex-wrap gap-x-3 font-serif text-[1.0625rem] leading-7">
                {parts.map((part) => (
                  <PartWithChange key={`${part.change} ${part.text}`} {...part} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
        {others.length > 0 ? (
          <form className="mt-5 flex items-start gap-2">
            <input type="hidden" name="version" value={version} />
            <Field label="Compare with version">
              {(control) => (
                <Select {...control} key={against} name="against" defaultValue={against}>
                  {others.map((other) => (
                    <option key={other.version}>{other.version}</option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit" className="mt-5">
              Compare
            </Button>
          </form>
        ) : null}
      </Section>
      <Section title="What changed it" about="What was read last of the facts that came or went">
        {causes.length === 0 ? <p className="text-soft">Time alone: a fact began or ended on its day.</p> : null}
        <ul className="flex flex-col gap-2">
          {causes.map((cause) => (
            <li key={`${cause.sessionUuid} ${cause.source}`} className="flex flex-wrap items-baseline gap-x-3">
              <Cause cause={cause} />
              <span className="text-xs text-faint">
                <Time at={cause.at} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

const LOOK = {
  added: "bg-now-wash text-now decoration-now/60 underline underline-offset-4 decoration-1",
  dropped: "bg-ended-wash text-ended",
};

function PartWithChange({ text, change }: ComparedPart) {
  if (change === "added") return <ins className={LOOK.added}>{text}</ins>;
  return change === "dropped" ? <del className={LOOK.dropped}>{text}</del> : <span>{text}</span>;
}

function Key({ mark, children }: { mark: ReactNode; children: ReactNode }) {
  return (
    <span>
      <span className="font-serif">{mark}</span> {children}
    </span>
  );
}

function Cause({ cause }: { cause: SummaryCause }) {
  const href = buildMessagePath(cause);
  if (href)
    return (
      <Link href={href} className="text-river hover:underline">
        The conversation <span className="font-mono text-xs">{cause.sessionId}</span>
      </Link>
    );
  if (cause.source === "correction") return <span>A correction by hand</span>;
  return <span>{cause.source === "fact_triple" ? "A fact that was stated outright" : "Data that was sent in"}</span>;
}
