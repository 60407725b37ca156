"use client";

import Link from "next/link";
import { useState } from "react";
import { releaseHoldAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
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
      <ListTable label="Legal holds" heads={["User", "What", "Matter", "Placed", "Look again", "Waiting", "State", ""]}>
        {holds.map((hold) => (
          <tr key={hold.uuid}>
            <td>
              <Link href={`/users/${hold.user}`} dir="auto" className="font-mono text-xs">
                {hold.userId}
              </Link>
            </td>
            <td>{hold.sessionId ? <span className="font-mono text-xs">{hold.sessionId}</span> : "everything"}</td>
            <td>
              <span dir="auto" className="block max-w-64 truncate" title={hold.matter}>
                {hold.matter}
              </span>
            </td>
            <td>
              <Time at={hold.placedAt} />{" "}
              {hold.placedBy ? <span className="text-faint">{`by ${hold.placedBy}`}</span> : null}
            </td>
            <td>{hold.reviewAt ? formatShortDay(hold.reviewAt) : <span className="text-faint">–</span>}</td>
            <td>{hold.stopped > 0 ? formatCount(hold.stopped, "erasure") : <span className="text-faint">–</span>}</td>
            <td>{hold.releasedAt ? <Tag tone="ended">released</Tag> : <Tag tone="waiting">held</Tag>}</td>
            <td className="text-right">
              {hold.releasedAt ? null : (
                <Button kind="quiet" onClick={() => setReleasing(hold)}>
                  Release
                </Button>
              )}
            </td>
          </tr>
        ))}
      </ListTable>
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
