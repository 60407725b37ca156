"use client";

import { useState } from "react";
import { downloadReportAction, reportListAction } from "#app/(console)/privacy/deletion-list/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatNumber } from "#lib/format.ts";
import type { ListReport } from "#lib/privacy/deletion-list/mutations.ts";
import type { ListFigures, ReportRow } from "#lib/privacy/deletion-list/queries.ts";
import { nameReport, type ReportList, writeReport } from "#lib/privacy/deletion-list/schema.ts";

interface ReportsProps {
  figures: ListFigures;
  reports: ReportRow[];
  /** The number that the State knows the broker by, where a file has told it. */
  broker: string;
}

/** The files that tell the State what became of each row. */
export function Reports({ figures, reports, broker }: ReportsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState<ReportList["which"]>("new");
  const number = typed ?? broker;
  const save = (suffix: string, rows: ListReport["rows"]) =>
    saveFile(nameReport(number || "broker", suffix), "text/csv", writeReport(rows));
  const form = useActionForm(reportListAction, ({ rows }) => save(asked, rows));
  const again = useActionForm(downloadReportAction, ({ rows }) => save("again", rows));
  const ask = (which: ReportList["which"]) => {
    setAsked(which);
    form.submit({ which });
  };
  return (
    <div className="flex max-w-prose flex-col gap-3">
      <FormNotice form={{ failure: form.failure ?? again.failure }} />
      <p>
        A file has the work item and a code: 2 exempted, 3 deleted, 4 opted out, 5 not found. Everybody is compared
        first. What is still under way is in none. Upload the first as new, the second as an amendment.
      </p>
      <Field label="Your number with the State" hint="Part of the file’s name; the files that you fetch tell it.">
        {(control) => (
          <TextInput
            {...control}
            className="max-w-48"
            value={number}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" disabled={form.busy || figures.unreported === 0} onClick={() => ask("new")}>
          {form.busy ? "Comparing …" : `Report ${formatNumber(figures.unreported)} new`}
        </Button>
        <Button disabled={form.busy || figures.changed === 0} onClick={() => ask("changed")}>
          {`Report ${formatNumber(figures.changed)} changed`}
        </Button>
      </div>
      {reports.length > 0 ? (
        <ListTable label="Reports" heads={["Made", "Rows", ""]}>
          {reports.map(({ uuid, at, rows }) => (
            <tr key={uuid}>
              <td>
                <Time at={at} show="absolute" />
              </td>
              <td className="tabular-nums">{formatNumber(rows)}</td>
              <td className="text-right">
                <Button kind="quiet" disabled={again.busy} onClick={() => again.submit({ report: uuid })}>
                  Save again
                </Button>
              </td>
            </tr>
          ))}
        </ListTable>
      ) : null}
    </div>
  );
}
