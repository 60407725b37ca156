import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { ClockHealth } from "#app/(console)/privacy/reports/clock-health.tsx";
import { MonthsChart } from "#app/(console)/privacy/reports/months-chart.tsx";
import { RightsTable } from "#app/(console)/privacy/reports/rights-table.tsx";
import { SaveReport } from "#app/(console)/privacy/reports/save-report.tsx";
import { StagesTable } from "#app/(console)/privacy/reports/stages-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { getRequestReport } from "#lib/privacy/requests/report/queries.ts";

export const metadata: Metadata = { title: "Reports" };

/** Whatever the address says that is no year means the present one. */
const viewSchema = z.object({ year: z.coerce.number().int().nullable().catch(null).default(null) });

export default async function ReportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await authorizePage("/privacy/reports");
  const report = await awaitOrNotFound(getRequestReport(actor, viewSchema.parse(await searchParams)));
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/requests">Requests</Link>}
        title="Reports"
        lead={`How privacy requests went, by the year in which they arrived (${report.timeZone}).`}
        actions={report.rights.length > 0 ? <SaveReport year={report.year} rights={report.rights} /> : null}
      />
      <div className="flex flex-col gap-10">
        <Section title="Open now" about="by what is left of the time to answer">
          <ClockHealth clocks={report.clocks} />
        </Section>
        <YearLinks year={report.year} years={report.years} />
        {report.rights.length === 0 ? (
          <EmptyState title={`Nothing arrived in ${report.year}`}>
            Figures appear here with the first request of the year.
          </EmptyState>
        ) : (
          <>
            <Section title={`Arrived in ${report.year}`} about="by month, and how they stand with their clocks">
              <MonthsChart year={report.year} months={report.months} />
            </Section>
            <Section title="By right" about="the figures that 11 CCR § 7102 asks businesses to publish by 1 July">
              <RightsTable rights={report.rights} />
            </Section>
            <Section title="By stage" about="how long requests stayed in each before they left it">
              <StagesTable stages={report.stages} />
            </Section>
          </>
        )}
      </div>
    </>
  );
}

function YearLinks({ year, years }: { year: number; years: number[] }) {
  return (
    <nav aria-label="Years" className="flex flex-wrap gap-1">
      {years.map((other) => (
        <Link
          key={other}
          href={`/privacy/reports?year=${other}`}
          aria-current={other === year ? "page" : undefined}
          className="rounded-md px-3 py-1.5 tabular-nums no-underline hover:bg-hover aria-[current=page]:bg-river-wash aria-[current=page]:font-medium"
        >
          {other}
        </Link>
      ))}
    </nav>
  );
}
