"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { eraseUsersAction, previewErasuresAction } from "#app/(console)/users/actions.ts";
import { OutcomeList } from "#app/(console)/users/outcome-list.tsx";
import type { Row } from "#app/(console)/users/users-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { useBatches } from "#components/ui/use-batches.ts";
import { counted } from "#lib/format.ts";
import type { ErasurePreview } from "#lib/users/queries.ts";

/** Small enough that stopping takes effect within a moment. */
const BATCH = 10;

/** Erases the selected people after showing exactly what goes; each one's outcome is told. */
export function EraseUsersDialog({ users, onDone }: { users: Row[]; onDone: () => void }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [previews, setPreviews] = useState<ErasurePreview[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const batches = useBatches(BATCH, eraseUsersAction);

  const show = async () => {
    setOpen(true);
    setTyped("");
    batches.reset();
    const result = await previewErasuresAction({ uuids: users.map((user) => user.uuid) });
    setPreviews(result.ok ? result.value : null);
    setProblem(result.ok ? null : result.error.message);
  };
  const close = (next: boolean) => {
    setOpen(next);
    if (next || batches.outcomes.length === 0) return;
    batches.stop();
    onDone();
    router.refresh();
  };
  const sessions = previews?.reduce((sum, { counts }) => sum + counts.sessions, 0) ?? 0;
  const messages = previews?.reduce((sum, { counts }) => sum + counts.messages, 0) ?? 0;
  const erased = batches.outcomes.filter((outcome) => outcome.message === null).length;
  return (
    <>
      <Button kind="risk-quiet" onClick={show}>
        <Trash2 size={14} aria-hidden /> Delete
      </Button>
      <Dialog title={`Delete ${counted(users.length, "user")}`} open={open} onOpenChange={close} wide>
        {problem ? <Notice tone="risk">{problem}</Notice> : null}
        {batches.total > 0 ? (
          <div className="flex flex-col gap-4">
            <Progress label="Deleting" done={batches.outcomes.length} total={batches.total} />
            {batches.problem ? <Notice tone="risk">{batches.problem}</Notice> : null}
            <OutcomeList users={users} outcomes={batches.outcomes} good="deleted" />
            <DialogActions>
              {batches.running ? <Button onClick={batches.stop}>Stop here</Button> : null}
              {batches.running ? null : <Button onClick={() => close(false)}>{`Close, ${erased} deleted`}</Button>}
            </DialogActions>
          </div>
        ) : previews ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim() === String(users.length))
                batches.run(previews.map(({ uuid, counts }) => ({ uuid, previewed: counts })));
            }}
            className="flex flex-col gap-4"
          >
            <p>
              This removes {counted(previews.length, "user")}, {counted(sessions, "session")} and{" "}
              {counted(messages, "message")}, for good. There is no undo.
            </p>
            {previews.length < users.length ? (
              <Notice tone="info">{`${users.length - previews.length} of the selected are gone already.`}</Notice>
            ) : null}
            <Field label={`Type ${users.length} to confirm`}>
              {(control) => (
                <TextInput
                  {...control}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                  inputMode="numeric"
                  autoComplete="off"
                />
              )}
            </Field>
            <DialogActions>
              <Button onClick={() => close(false)}>Keep them</Button>
              <Button kind="risk" type="submit" disabled={typed.trim() !== String(users.length)}>
                {`Delete ${counted(users.length, "user")}`}
              </Button>
            </DialogActions>
          </form>
        ) : problem ? null : (
          <p role="status">Counting what would go …</p>
        )}
      </Dialog>
    </>
  );
}
