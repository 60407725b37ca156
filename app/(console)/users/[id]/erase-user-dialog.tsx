"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErasurePlanList } from "#app/(console)/users/[id]/erasure-plan.tsx";
import { MentionsField } from "#app/(console)/users/[id]/mentions-field.tsx";
import { WatchedWork } from "#app/(console)/users/[id]/watched-work.tsx";
import { eraseUserAction, planErasuresAction } from "#app/(console)/users/actions.ts";
import { KeepOutField } from "#app/(console)/users/keep-out-field.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, IdInput } from "#components/ui/field.tsx";
import { makeUuid } from "#components/ui/make-uuid.ts";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";
import type { ErasurePlan } from "#lib/privacy/erasure/queries.ts";
import { MENTION_DECISIONS } from "#lib/privacy/mentions/terms.ts";
import type { UserProfile } from "#lib/users/queries.ts";

/** Erases a person: shows what will be erased, then asks for the typed id. The next page says what was erased. */
export function EraseUserDialog({ user }: { user: UserProfile }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [plan, setPlan] = useState<ErasurePlan | null>(null);
  const [work, setWork] = useState<string | null>(null);
  const look = useActionForm(planErasuresAction, ([found]) => setPlan(found ?? null));
  const announce = useAnnounce();
  // The page is about someone who is no longer there: Back must not lead to it either.
  const form = useActionForm(eraseUserAction, ({ rows }) => {
    router.replace("/users");
    const { sessions = 0, messages = 0, episodes = 0, edges = 0, nodes = 0 } = rows;
    announce(
      `Deleted: the user, ${formatCount(sessions, "session")}, ${formatCount(messages, "message")}, ${formatCount(episodes, "episode")}, ${formatCount(edges, "fact")} and ${formatCount(nodes, "node")}. They are no longer found.`,
    );
  });
  const openWithPlan = () => {
    form.reset();
    setPlan(null);
    setOpen(true);
    look.submit({ uuids: [user.uuid] });
  };
  return (
    <>
      <Button kind="risk-quiet" onClick={openWithPlan}>
        <Trash2 size={14} aria-hidden /> Delete
      </Button>
      <Dialog title="Delete this user" open={open} onOpenChange={setOpen}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const fields = new FormData(event.currentTarget);
            const confirmation = String(fields.get("confirmation") ?? "");
            const keptOut = fields.has("keptOut");
            const mentions = MENTION_DECISIONS.find((decision) => decision === fields.get("mentions"));
            const seen = plan && { previewed: plan.rows, plan: plan.hash };
            const own = makeUuid();
            setWork(own);
            if (seen) form.submit({ uuid: user.uuid, confirmation, ...seen, keptOut, mentions, work: own });
          }}
          className="flex flex-col gap-4"
        >
          <FormNotice form={look} />
          <FormNotice form={form} />
          {plan ? <ErasurePlanList plan={plan} /> : <p role="status">Counting what would go …</p>}
          <Field
            label="Type the user ID to confirm"
            hint={
              <span dir="auto" className="font-mono break-all select-all">
                {user.userId}
              </span>
            }
            error={form.fields.confirmation}
          >
            {(control) => <IdInput {...control} name="confirmation" />}
          </Field>
          {plan ? <MentionsField mentions={plan.mentions} /> : null}
          <KeepOutField />
          {form.busy && work ? <WatchedWork work={work} /> : null}
          <DialogActions cancel="Keep">
            {form.failure?.code === "conflict" ? <Button onClick={openWithPlan}>Count again</Button> : null}
            <Button kind="risk" type="submit" disabled={!plan || form.busy}>
              Delete user
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
