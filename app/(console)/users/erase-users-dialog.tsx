import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { eraseUsersAction, planErasuresAction } from "#app/(console)/users/actions.ts";
import { KeepOutField } from "#app/(console)/users/keep-out-field.tsx";
import { OutcomeList } from "#app/(console)/users/outcome-list.tsx";
import type { Row } from "#app/(console)/users/users-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { useBatches } from "#components/ui/use-batches.ts";
import { formatCount } from "#lib/format.ts";
import type { ErasurePlan } from "#lib/privacy/erasure/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

/** Small enough that stopping takes effect within a moment. */
const BATCH = 10;

/** Erases the selected people after showing exactly what goes; each one's outcome is told. */
export function EraseUsersDialog({ users, onDone }: { users: Row[]; onDone: () => void }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [plans, setPlans] = useState<ErasurePlan[] | null>(null);
  const look = useActionForm(planErasuresAction, setPlans);
  const [typed, setTyped] = useState("");
  const batches = useBatches(BATCH, eraseUsersAction);

  const openWithPlans = () => {
    setOpen(true);
    setTyped("");
    setPlans(null);
    look.reset();
    batches.reset();
    look.submit({ uuids: users.map((user) => user.uuid) });
  };
  const changeOpen = (next: boolean) => {
    setOpen(next);
    if (next || batches.outcomes.length === 0) return;
    batches.stop();
    onDone();
    router.refresh();
  };
  const sessions = plans?.reduce((sum, { rows }) => sum + (rows.sessions ?? 0), 0) ?? 0;
  const messages = plans?.reduce((sum, { rows }) => sum + (rows.messages ?? 0), 0) ?? 0;
  const erased = batches.outcomes.filter((outcome) => outcome.message === null).length;
  return (
    <>
      <Button kind="risk-quiet" onClick={openWithPlans}>
        <Trash2 size={14} aria-hidden /> Delete
      </Button>
      <Dialog title={`Delete ${formatCount(users.length, "user")}`} open={open} onOpenChange={changeOpen} wide>
        <FormNotice form={look} />
        {batches.total > 0 ? (
          <div className="flex flex-col gap-4">
            <Progress label="Deleting" done={batches.outcomes.length} total={batches.total} />
            {batches.problem ? <Notice tone="risk">{batches.problem}</Notice> : null}
            <OutcomeList users={users} outcomes={batches.outcomes} good="deleted" />
            <DialogActions cancel={batches.running ? "Stop and close" : `Close, ${erased} deleted`}>
              {batches.running ? <Button onClick={batches.stop}>Stop here</Button> : null}
            </DialogActions>
          </div>
        ) : plans ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const keptOut = new FormData(event.currentTarget).has("keptOut");
              if (typed.trim() === String(users.length))
                batches.run(plans.map(({ uuid, rows, hash }) => ({ uuid, previewed: rows, plan: hash, keptOut })));
            }}
            className="flex flex-col gap-4"
          >
            <p>
              This removes {formatCount(plans.length, "user")}, {formatCount(sessions, "session")} and{" "}
              {formatCount(messages, "message")}, for good. There is no undo.
            </p>
            {plans.length < users.length ? (
              <Notice tone="info">{`${users.length - plans.length} of the selected are gone already.`}</Notice>
            ) : null}
            <ErasurePlanSummary users={users} plans={plans} />
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
            <KeepOutField />
            <DialogActions cancel="Keep them">
              <Button kind="risk" type="submit" disabled={typed.trim() !== String(users.length)}>
                {`Delete ${formatCount(users.length, "user")}`}
              </Button>
            </DialogActions>
          </form>
        ) : look.failure ? null : (
          <p role="status">Counting what would go …</p>
        )}
      </Dialog>
    </>
  );
}

/** Everyone who would be erased, with the number of their records. */
function ErasurePlanSummary({ users, plans }: { users: Row[]; plans: ErasurePlan[] }) {
  const people = new Map(users.map((user) => [user.uuid, user]));
  return (
    <ScrollRegion label="Who would be deleted" className="max-h-56 rounded-md border">
      <ul className="divide-y divide-hairline">
        {plans.map(({ uuid, rows }) => {
          const user = people.get(uuid);
          return (
            <li key={uuid} className="flex justify-between gap-4 px-3 py-1.5">
              <span dir="auto" className="min-w-0 truncate">
                {user ? getDisplayName(user) : null}{" "}
                <span className="font-mono text-xs text-faint">{user?.userId}</span>
              </span>
              <span className="shrink-0 text-xs text-soft tabular-nums">
                {`${formatCount(rows.sessions ?? 0, "session")}, ${formatCount(rows.messages ?? 0, "message")}`}
              </span>
            </li>
          );
        })}
      </ul>
    </ScrollRegion>
  );
}
