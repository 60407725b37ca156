import type { Metadata } from "next";
import Link from "next/link";
import { Asked, WhatOthersSaid } from "#app/(console)/privacy/receipts/[id]/asked.tsx";
import { ProofList } from "#app/(console)/privacy/receipts/[id]/proof-list.tsx";
import { ProveAgain } from "#app/(console)/privacy/receipts/[id]/prove-again.tsx";
import { ReceiptDownloads } from "#app/(console)/privacy/receipts/[id]/receipt-downloads.tsx";
import { ReceiptStatus } from "#app/(console)/privacy/receipts/receipt-status.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatNumber, formatShortDay } from "#lib/format.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getReceipt, type ReceiptDetails } from "#lib/privacy/receipts/queries.ts";
import { describeErased, NOT_PROVED } from "#lib/privacy/receipts/terms.ts";

export const metadata: Metadata = { title: "Receipt" };

const ASKED_BY: Record<string, string> = {
  operator: "by an operator in the console",
  api_key: "by an application over the API",
  command_line: "at the command line",
  request: "by a privacy request",
};

export default async function ReceiptPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await authorizePage("/privacy/receipts/[id]");
  const receipt = await awaitOrNotFound(getReceipt(actor, { receipt: parseUuidOrNotFound((await params).id) }));
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/receipts">Receipts</Link>}
        title={`Receipt ${receipt.number}`}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            <ReceiptStatus status={receipt.status} />
            <span>
              {`${receipt.known ? "Erased" : "For a request about"} ${describeErased(receipt)}, asked ${ASKED_BY[receipt.requestedBy] ?? ""}, `}
              <Time at={receipt.executedAt} show="absolute" />
            </span>
          </span>
        }
        actions={
          <>
            {receipt.jws === null ? null : <ProveAgain receipt={receipt.uuid} />}
            <ReceiptDownloads receipt={receipt.uuid} signed={receipt.jws !== null} hasNonce={receipt.hasNonce} />
          </>
        }
      />
      <div className="flex flex-col gap-8">
        <StatusNotice receipt={receipt} />
        <div className="grid gap-8 lg:grid-cols-2">
          <WhatWent receipt={receipt} />
          <Section title="What was looked through">
            <ProofList proofs={receipt.proofs} />
          </Section>
        </div>
        {receipt.request || receipt.mentions ? (
          <div className="grid gap-8 lg:grid-cols-2">
            {receipt.request ? <Asked request={receipt.request} /> : null}
            {receipt.mentions ? <WhatOthersSaid mentions={receipt.mentions} /> : null}
          </div>
        ) : null}
        <Section title="What stays, and why">
          <dl className="flex flex-col gap-2">
            {receipt.retained.map(({ title, ground }) => (
              <div key={title} className="grid gap-x-6 sm:grid-cols-[16rem_1fr]">
                <dt className="font-medium">{title}</dt>
                <dd className="text-soft">{ground}</dd>
              </div>
            ))}
          </dl>
        </Section>
        <Section title="What this does not prove">
          <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-soft">
            {NOT_PROVED.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {receipt.rolesSeparated ? null : (
              <li>
                The application connects as the owner of its tables: whoever has its password could change the trail.
                Separate roles would prevent that.
              </li>
            )}
          </ul>
        </Section>
        {receipt.jws ? (
          <Section title="As it was signed">
            <ScrollRegion label="The signed receipt" className="max-h-32 rounded-md border bg-raised p-3">
              <CopyButton value={receipt.jws} label="the signed receipt" />
            </ScrollRegion>
          </Section>
        ) : null}
      </div>
    </>
  );
}

function StatusNotice({ receipt }: { receipt: ReceiptDetails }) {
  const [latest] = receipt.proofs;
  if (receipt.status === "confirmed")
    return (
      <Notice tone="done">
        Nothing of it was found in any table or in the planner’s statistics, and the receipt is signed.
        {receipt.validUntil ? ` It is to be proved again by ${formatShortDay(receipt.validUntil)}.` : ""}
      </Notice>
    );
  if (receipt.status === "residue")
    return (
      <Notice tone="risk">
        {`It is erased, and something of it was found afterwards: in ${[...(latest?.data.left.map(({ table }) => table) ?? []), ...(latest?.data.statistics ?? [])].join(", ")}. It is looked for again every minute; the receipt is not signed before nothing is left.`}
      </Notice>
    );
  return (
    <Notice tone="info">
      {latest?.data.problems.length
        ? `It is erased. That nothing is left could not be proved: ${latest.data.problems.join("; ")}.`
        : "It is erased. Everything is being looked through for what may be left; that takes seconds to minutes."}
    </Notice>
  );
}

function WhatWent({ receipt }: { receipt: ReceiptDetails }) {
  const { went, copies, known } = receipt;
  return (
    <Section title="What went" about="rows, counted as they were deleted">
      {known ? null : <p className="text-soft">Nothing: nobody was known by what was asked for.</p>}
      <dl>
        {went.map(({ title, rows }) => (
          <div key={title} className="flex justify-between border-b border-hairline py-1 last:border-b-0">
            <dt>{title}</dt>
            <dd className="font-medium tabular-nums">{formatNumber(rows)}</dd>
          </div>
        ))}
        {copies.episodes > 0 ? (
          <div className="flex justify-between py-1">
            <dt>{`Episodes copied into ${formatCount(copies.graphs, "other graph")}`}</dt>
            <dd className="font-medium tabular-nums">{formatNumber(copies.episodes)}</dd>
          </div>
        ) : null}
      </dl>
    </Section>
  );
}
