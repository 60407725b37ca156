"use client";

import { useState } from "react";
import { matchDeletionListAction } from "#app/(console)/privacy/deletion-list/actions.ts";
import { ItemsTable } from "#app/(console)/privacy/deletion-list/items-table.tsx";
import { ListFiles } from "#app/(console)/privacy/deletion-list/list-files.tsx";
import { Reports } from "#app/(console)/privacy/deletion-list/reports.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Figures } from "#components/ui/figures.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount, formatLongDay } from "#lib/format.ts";
import type { ListFigures, ListItem, ReportRow } from "#lib/privacy/deletion-list/queries.ts";
import { ITEM_STATE_WORDS, ITEM_STATES } from "#lib/privacy/deletion-list/terms.ts";

interface DeletionListProps {
  figures: ListFigures;
  items: ListItem[];
  reports: ReportRow[];
}

/** The lists, from the files that come to the files that go. */
export function DeletionList({ figures, items, reports }: DeletionListProps) {
  const announce = useAnnounce();
  const [broker, setBroker] = useState("");
  const form = useActionForm(matchDeletionListAction, ({ users, matched }) =>
    announce(`${formatCount(users, "user")} compared: ${formatCount(matched, "row")} match.`),
  );
  const counted = ITEM_STATES.map((state) => ({ label: ITEM_STATE_WORDS[state], value: figures.states[state] }));
  return (
    <div className="flex flex-col gap-10">
      <Section title="Take in" about="what you have fetched from the platform">
        <div className="flex flex-col gap-3">
          {figures.lastPulledAt && figures.nextPullBy ? (
            <p className="text-soft">
              Last taken in <Time at={figures.lastPulledAt} />; fetch the next by {formatLongDay(figures.nextPullBy)}.
            </p>
          ) : null}
          <p className="max-w-prose text-soft">
            Addresses are compared with those of users, with IDs that are addresses, and with fields such as “email” in
            metadata; telephone numbers with fields such as “phone”, “mobile” or “tel” there. What is kept of a row
            leads to nobody without this instance’s secret.
          </p>
          <ListFiles onBroker={setBroker} />
        </div>
      </Section>
      {figures.total > 0 ? (
        <>
          <Section title="Work through" about="who on the lists is known here">
            <div className="flex flex-col gap-4">
              <FormNotice form={form} />
              <Figures label="How the lists stand" figures={counted.filter(({ value }) => value > 0)} />
              <div className="flex flex-wrap items-center gap-3">
                <Button disabled={form.busy} onClick={() => form.submit({ pulled: false })}>
                  {form.busy ? "Comparing …" : "Compare again"}
                </Button>
                {figures.lastComparedAt ? (
                  <span className="text-xs text-soft">
                    compared <Time at={figures.lastComparedAt} />; whoever was added since is found then
                  </span>
                ) : null}
              </div>
              <ItemsTable items={items} total={figures.total} />
            </div>
          </Section>
          <Section title="Report" about="what became of each of them">
            <Reports figures={figures} reports={reports} broker={broker} />
          </Section>
        </>
      ) : null}
    </div>
  );
}
