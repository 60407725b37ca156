"use client";

import Link from "next/link";
import { useState } from "react";
import { approveLiftAction, askToLiftAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { KeptOutRow } from "#lib/suppression/queries.ts";

/** Who is kept out, by the receipt of their erasure, and what was tried. */
export function KeptOutList({ rows }: { rows: KeptOutRow[] }) {
  const [lifting, setLifting] = useState<KeptOutRow | null>(null);
  return (
    <>
      <ListTable
        label="Who is kept out"
        heads={["Receipt", "Since", "Known by", "Attempts", "Last attempt", "State", ""]}
      >
        {rows.map((row) => (
          <tr key={row.receipt}>
            <td>
              <Link href={`/privacy/receipts/${row.receipt}`} className="font-mono text-xs">
                {row.number}
              </Link>
            </td>
            <td>
              <Time at={row.since} />
            </td>
            <td className="text-soft">
              {[
                formatCount(row.userIds, "id"),
                row.emails > 0 ? formatCount(row.emails, "e-mail") : null,
                row.sessions > 0 ? formatCount(row.sessions, "session") : null,
              ]
                .filter(Boolean)
                .join(" · ")}
            </td>
            <td className="tabular-nums">{formatNumber(row.hits)}</td>
            <td>{row.lastHitAt ? <Time at={row.lastHitAt} /> : <span className="text-faint">never</span>}</td>
            <td>
              <State row={row} />
            </td>
            <td className="text-right">
              {row.liftedAt ? null : (
                <Button kind="quiet" onClick={() => setLifting(row)}>
                  {row.lift && !row.lift.mine ? "Decide" : "Let in again"}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </ListTable>
      {lifting ? <LiftDialog row={lifting} onClose={() => setLifting(null)} /> : null}
    </>
  );
}

function State({ row }: { row: KeptOutRow }) {
  if (row.liftedAt) return <Tag tone="ended">let in again</Tag>;
  if (row.lift) return <Tag tone="waiting">asked to be let in</Tag>;
  return <Tag tone="now">kept out</Tag>;
}

function LiftDialog({ row, onClose }: { row: KeptOutRow; onClose: () => void }) {
  const announce = useAnnounce();
  const ask = useActionForm(askToLiftAction, () => {
    announce("Asked. Somebody else has to agree.");
    onClose();
  });
  const approve = useActionForm(approveLiftAction, () => {
    announce("They may be added again.");
    onClose();
  });
  const decides = row.lift !== null && !row.lift.mine;
  return (
    <Dialog title="Let this person in again" open onOpenChange={(open) => !open && onClose()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
          if (decides) approve.submit({ receipt: row.receipt });
          else ask.submit({ receipt: row.receipt, reason });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={decides ? approve : ask} />
        {decides ? (
          <p>
            {`${row.lift?.byName ?? "Somebody"} asks for it: “${row.lift?.reason}”. If you agree, applications may add the person erased under receipt ${row.number} again.`}
          </p>
        ) : (
          <>
            <p>
              Applications may then add the person again who was erased under this receipt. It takes a second person:
              somebody else has to agree.
            </p>
            <Field label="Why" error={ask.fields.reason} hint="Without names: this is kept.">
              {(control) => <TextInput {...control} name="reason" autoComplete="off" defaultValue={row.lift?.reason} />}
            </Field>
          </>
        )}
        <DialogActions cancel="Keep them out">
          <Button kind="primary" type="submit" disabled={ask.busy || approve.busy}>
            {decides ? "Let them in again" : "Ask for it"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
