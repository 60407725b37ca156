"use client";

import { useState } from "react";
import { reportListAction } from "#app/(console)/privacy/deletion-list/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatNumber } from "#lib/format.ts";
import type { ListFigures } from "#lib/privacy/deletion-list/queries.ts";
import { nameReport, writeReport } from "#lib/privacy/deletion-list/schema.ts";

interface ReportsProps {
  figures: ListFigures;
  /** The number that the State knows the broker by, where a file has told it. */
  broker: string;
}

/** The files that tell the State what became of each row. */
export function Reports({ figures, broker }: ReportsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState("new");
  const number = typed ?? broker;
  const form = useActionForm(reportListAction, ({ rows }) =>
    saveFile(nameReport(number || "broker", asked), "text/csv", writeReport(rows)),
  );
  const ask = (which: "new" | "changed" | "last") => {
    setAsked(which);
    form.submit({ which });
  };
  return (
    <div className="flex max-w-prose flex-col gap-3">
      <FormNotice form={form} />
      <p>
        A file has the work item and a code: 2 exempted, 3 deleted, 4 opted out, 5 not found. What is still under way is
        in none. Upload the first as new, the second as an amendment.
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
          {`Report ${formatNumber(figures.unreported)} new`}
        </Button>
        <Button disabled={form.busy || figures.changed === 0} onClick={() => ask("changed")}>
          {`Report ${formatNumber(figures.changed)} changed`}
        </Button>
        {figures.lastReportedAt ? (
          <Button disabled={form.busy} onClick={() => ask("last")}>
            Last report again
          </Button>
        ) : null}
      </div>
      {figures.lastReportedAt ? (
        <p className="text-xs text-soft">
          Last reported <Time at={figures.lastReportedAt} />.
        </p>
      ) : null}
    </div>
  );
}
