"use client";

import Link from "next/link";
import { useState } from "react";
import { releaseHoldAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount, formatShortDay } from "#lib/format.ts";
import type { HoldRow } from "#lib/privacy/holds/queries.ts";

/** The holds in force, and those that were released. */
export function HoldsList({ holds }: { holds: HoldRow[] }) {
  const [releasing, setReleasing] = useState<HoldRow | null>(null);
  return (
    <>
      <ul aria-label="Legal holds" className="flex flex-col rounded-lg border bg-raised">
        {holds.map((hold) => (
          <li key={hold.uuid} className="flex items-start gap-4 border-b px-3 py-3 last:border-b-0">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
                <Link href={`/users/${hold.user}`} dir="auto" className="break-all font-mono">
                  {hold.userId}
                </Link>
                {hold.sessionId ? (
                  <span>
                    only{" "}
                    <span dir="auto" className="break-all font-mono">
                      {hold.sessionId}
                    </span>
                  </span>
                ) : (
                  "everything of theirs"
                )}
                {hold.releasedAt ? <Tag tone="ended">released</Tag> : <Tag tone="waiting">held</Tag>}
              </p>
              <p dir="auto" className="mt-1 break-words">
                {hold.matter}
              </p>
              <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-soft">
                <span>
                  placed <Time at={hold.placedAt} />
                  {hold.placedBy ? ` by ${hold.placedBy}` : ""}
                </span>
                {hold.reviewAt ? <span>{`look again ${formatShortDay(hold.reviewAt)}`}</span> : null}
                {hold.stopped > 0 ? <span>{`${formatCount(hold.stopped, "erasure")} waiting`}</span> : null}
              </p>
            </div>
            {hold.releasedAt ? null : <Button onClick={() => setReleasing(hold)}>Release</Button>}
          </li>
        ))}
      </ul>
      {releasing ? <ReleaseDialog hold={releasing} onClose={() => setReleasing(null)} /> : null}
    </>
  );
}

function ReleaseDialog({ hold, onClose }: { hold: HoldRow; onClose: () => void }) {
  const announce = useAnnounce();
  const form = useActionForm(releaseHoldAction, ({ erased, failed }) => {
    announce(
      failed.length > 0
        ? `Released. Not everything that waited could be erased: ${failed.join(" ")}`
        : erased > 0
          ? `Released, and ${formatCount(erased, "erasure")} done that had waited.`
          : "Released.",
    );
    onClose();
  });
  return (
    <Dialog title="Release this hold" open onOpenChange={(open) => !open && onClose()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ hold: hold.uuid, reason: String(new FormData(event.currentTarget).get("reason") ?? "") });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        {hold.stopped > 0 ? (
          <Notice tone="risk">
            {`${formatCount(hold.stopped, "erasure")} of this person waited for it and will be done at once, for good.`}
          </Notice>
        ) : (
          <p>From then on the person can be deleted again.</p>
        )}
        <Field label="Why" error={form.fields.reason}>
          {(control) => <TextInput {...control} name="reason" autoComplete="off" />}
        </Field>
        <DialogActions cancel="Keep it">
          <Button kind={hold.stopped > 0 ? "risk" : "primary"} type="submit" disabled={form.busy}>
            {hold.stopped > 0 ? "Release and erase" : "Release"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
