"use client";

import { FileArchive } from "lucide-react";
import { useState } from "react";
import { createExportAction, revokeExportAction } from "#app/(console)/privacy/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { MadeExport } from "#lib/privacy/exports/mutations.ts";
import type { DataExportRow } from "#lib/privacy/exports/queries.ts";

/** Makes a copy of everything about a person, for them, behind a link that works once. */
export function CopyDialog({ user, copies }: { user: string; copies: DataExportRow[] }) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeExport | null>(null);
  const form = useActionForm(createExportAction, setMade);
  return (
    <Dialog
      title="A copy of their data"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setMade(null);
        form.reset();
      }}
      trigger={
        <Button>
          <FileArchive size={14} aria-hidden /> Copy for them
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <FormNotice form={form} />
        {made ? (
          <NewLink made={made} />
        ) : (
          <p className="text-soft">
            One signed archive with everything that is stored about this person: what they said, what is remembered and
            what each fact was drawn from. They get it by a link that works once and for 14 days; an erasure of anything
            of theirs takes it away.
          </p>
        )}
        {copies.length > 0 ? <CopyList user={user} copies={copies} /> : null}
        <DialogActions cancel={made ? "Done" : "Close"}>
          {made ? null : (
            <Button kind="primary" disabled={form.busy} onClick={() => form.submit({ user })}>
              {form.busy ? "Collecting …" : "Make a copy"}
            </Button>
          )}
        </DialogActions>
      </div>
    </Dialog>
  );
}

function NewLink({ made: { token, thirdParty } }: { made: MadeExport }) {
  return (
    <>
      <Secret
        label="Link"
        value={`${window.location.origin}/your-data#${token}`}
        after="Send it to them now: it is stored nowhere, so nobody can show it again."
      />
      {thirdParty > 0 ? (
        <Notice tone="info">
          {`${formatCount(thirdParty, "line")} name other people or hold their addresses; third-party.jsonl in the archive lists them. Look at them before you send the link, and take the copy back if they must not leave.`}
        </Notice>
      ) : null}
    </>
  );
}

function CopyList({ user, copies }: { user: string; copies: DataExportRow[] }) {
  const form = useActionForm(revokeExportAction, () => undefined);
  return (
    <section aria-label="Copies made before" className="flex flex-col gap-2">
      <FormNotice form={form} />
      <ul className="flex flex-col rounded-lg border bg-raised">
        {copies.map(({ uuid, createdAt, createdBy, sizeBytes, downloadedAt, expiresAt }) => (
          <li key={uuid} className="flex min-h-11 items-center gap-3 border-b px-3 py-2 last:border-b-0">
            <p className="min-w-0 flex-1 text-xs text-soft">
              <Time at={createdAt} />
              {createdBy ? ` by ${createdBy}` : ""}, {`${formatNumber(Math.ceil(Number(sizeBytes) / 1024))} KiB`}
              {downloadedAt ? (
                <>
                  , had <Time at={downloadedAt} />
                </>
              ) : null}
            </p>
            {downloadedAt ? (
              <Tag tone="ended">handed over</Tag>
            ) : new Date(expiresAt) < new Date() ? (
              <Tag tone="ended">expired</Tag>
            ) : (
              <>
                <Tag tone="waiting">waiting</Tag>
                <Button disabled={form.busy} onClick={() => form.submit({ user, dataExport: uuid })}>
                  Take back
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
