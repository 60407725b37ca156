import type { Metadata } from "next";
import Link from "next/link";
import { AskedPolicyNotice, PolicyForm } from "#app/(console)/privacy/policy/policy-form.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { findAskedPolicy, getPolicy } from "#lib/privacy/policy/queries.ts";
import { CLOCKS, type Clock, LAWS, type Span } from "#lib/privacy/requests/terms.ts";

export const metadata: Metadata = { title: "Policy" };

export default async function PolicyPage() {
  const actor = await authorizePage("/privacy/policy");
  const policy = await awaitOrNotFound(getPolicy(actor));
  const asked = await awaitOrNotFound(findAskedPolicy(actor));
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/requests">Requests</Link>}
        title="Policy"
        lead="How privacy requests are worked in this project."
      />
      <div className="flex flex-col gap-10">
        <div className="flex max-w-[65ch] flex-col gap-4">
          {asked ? <AskedPolicyNotice asked={asked} /> : null}
          <PolicyForm policy={policy} mayChange={can(actor, "policy:manage")} />
        </div>
        <Section title="The clocks" about="as the laws give them">
          <ListTable
            label="Clocks"
            heads={["Law", "Acknowledge", "Answer", "Extension, once", "May stand still", "Source"]}
          >
            {LAWS.map((law) => (
              <ClockRow key={law} clock={CLOCKS[law]} />
            ))}
          </ListTable>
        </Section>
      </div>
    </>
  );
}

function ClockRow({ clock }: { clock: Clock }) {
  return (
    <tr>
      <td className="font-medium">{clock.title}</td>
      <td>{describeSpan(clock.acknowledge)}</td>
      <td>{describeSpan(clock.answer)}</td>
      <td>{describeSpan(clock.extension)}</td>
      <td>{clock.pausable ? "yes" : "no"}</td>
      <td className="text-soft">{clock.source}</td>
    </tr>
  );
}

function describeSpan(span: Span | null): string {
  if (!span) return "–";
  if ("months" in span) return span.months === 1 ? "one calendar month" : `${span.months} months`;
  return "days" in span ? `${span.days} days` : `${span.workingDays} working days`;
}
