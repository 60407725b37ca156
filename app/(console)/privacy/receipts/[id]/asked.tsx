import Link from "next/link";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ReceiptDetails } from "#lib/privacy/receipts/queries.ts";
import { CLOCKS, LAWS } from "#lib/privacy/requests/terms.ts";

const VERIFIED: Record<string, string> = {
  code: "by the code that they entered",
  attested: "by an operator, who made sure of it",
};

/** The privacy request that an erasure was asked for by, and who has approved it. Nobody is named on a receipt. */
export function Asked({ request }: { request: NonNullable<ReceiptDetails["request"]> }) {
  const { uuid, number, channel, receivedAt, verifiedAt, verification, approvals, singleOperator } = request;
  const law = LAWS.find((name) => name === request.law);
  const words = `Request ${number}`;
  return (
    <Section title="What asked for it">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        <dt className="text-soft">Asked by</dt>
        <dd>
          {uuid ? (
            <Link href={`/privacy/requests/${uuid}`} className="text-river hover:underline">
              {words}
            </Link>
          ) : (
            words
          )}
          {`, ${law ? CLOCKS[law].title : request.law}, by ${channel}`}
        </dd>
        <dt className="text-soft">Received</dt>
        <dd>
          <Time at={receivedAt} show="absolute" />
        </dd>
        {verifiedAt ? (
          <>
            <dt className="text-soft">Verified</dt>
            <dd>
              <Time at={verifiedAt} show="absolute" />
              {VERIFIED[verification] ? `, ${VERIFIED[verification]}` : ""}
            </dd>
          </>
        ) : null}
        <dt className="text-soft">Approved</dt>
        <dd>
          {approvals.map(({ role, operator, at }) => (
            <p key={operator}>
              {`by somebody else (${role}, ${operator}), `}
              <Time at={at} show="absolute" />
            </p>
          ))}
          {singleOperator ? <p>One person may do it all in this project.</p> : null}
        </dd>
      </dl>
    </Section>
  );
}

/** What was done with what others said of the person. */
export function WhatOthersSaid({ mentions }: { mentions: NonNullable<ReceiptDetails["mentions"]> }) {
  const kept = mentions.kept.map(({ ground, count }) => ({ title: `Kept: ${ground}`, count }));
  const rows = [
    { title: "The person taken out", count: mentions.redacted },
    { title: "Deleted", count: mentions.deleted },
    ...kept,
  ].filter(({ count }) => count > 0);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section title="What others said of them" about={formatCount(total, "mention")}>
      {total === 0 ? <p className="text-soft">Nobody else was found to mention them.</p> : null}
      <dl>
        {rows.map(({ title, count }) => (
          <div key={title} className="flex justify-between border-b border-hairline py-1 last:border-b-0">
            <dt>{title}</dt>
            <dd className="font-medium tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
