"use client";

import { useState } from "react";
import { ReasonDialog, type Seen } from "#app/(console)/privacy/requests/[id]/reason-dialog.tsx";
import {
  acknowledgeRequestAction,
  assignRequestAction,
  cancelRequestAction,
  decideRequestAction,
  extendRequestAction,
  holdRequestAction,
  refuseRequestAction,
  undoScheduleAction,
  withdrawRequestAction,
} from "#app/(console)/privacy/requests/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { RequestDetails } from "#lib/privacy/requests/queries.ts";
import {
  CLOCKS,
  describeGround,
  LIFECYCLE,
  listGrounds,
  REFUSAL_GROUND_NAMES,
  type RequestState,
} from "#lib/privacy/requests/terms.ts";

const withReason = (seen: Seen, reason: string) => ({ ...seen, reason });

/** Everything else that can be done with a request in its present state. */
export function OtherSteps({ request }: { request: RequestDetails }) {
  const { state, closedAt, acknowledgedAt, extendedAt, law, isFiler, hasDecided } = request;
  const seen = { request: request.uuid, version: request.version };
  const assign = useActionForm(assignRequestAction, () => undefined);
  const acknowledge = useActionForm(acknowledgeRequestAction, () => undefined);
  const followers: readonly RequestState[] = LIFECYCLE[state];
  if (closedAt) return null;
  const clock = CLOCKS[law];
  return (
    <div className="flex flex-wrap gap-2">
      <FormNotice form={assign} />
      <FormNotice form={acknowledge} />
      <Button disabled={assign.busy} onClick={() => assign.submit(seen)}>
        {request.assignee ? "Give it back, or take it" : "Take it on"}
      </Button>
      {acknowledgedAt ? null : (
        <Button disabled={acknowledge.busy} onClick={() => acknowledge.submit(seen)}>
          Acknowledged
        </Button>
      )}
      {clock.extension && !extendedAt ? (
        <ReasonDialog
          seen={seen}
          title="Extend"
          about={`The person has to be told before the first time is over; ${clock.title} allows it once.`}
          label="The reason they were told"
          action={extendRequestAction}
          makeInput={withReason}
          button="Extend"
        />
      ) : null}
      {followers.includes("on_hold") ? (
        <ReasonDialog
          seen={seen}
          title="Put on hold"
          about={
            clock.pausable
              ? "While the person does not answer, the clock stands still."
              : `Under ${clock.title} the clock goes on.`
          }
          label="What is open"
          action={holdRequestAction}
          makeInput={withReason}
          button="Put on hold"
        />
      ) : null}
      {state === "awaiting_approval" && !isFiler && !hasDecided ? (
        <ReasonDialog
          seen={seen}
          title="Send it back"
          about="The plan goes back to review, with what you write."
          action={decideRequestAction}
          makeInput={(seenNow, reason) => ({ ...seenNow, step: "plan" as const, approved: false, reason })}
          button="Send it back"
        />
      ) : null}
      {state === "scheduled" || (state === "awaiting_approval" && (isFiler || hasDecided)) ? (
        <ReasonDialog
          seen={seen}
          title={state === "scheduled" ? "Undo" : "Back to review"}
          about="It goes back to review, and what was approved counts no more. Nothing has happened yet. Whoever hands the plan in anew does not approve it, nor does whoever filed the request."
          action={undoScheduleAction}
          makeInput={withReason}
          button="Take the plan back"
        />
      ) : null}
      {followers.includes("withdrawn") ? (
        <ReasonDialog
          seen={seen}
          title="They took it back"
          about="The person has taken the request back; it ends with that."
          label="How they said so"
          action={withdrawRequestAction}
          makeInput={withReason}
          button="End it"
        />
      ) : null}
      {followers.includes("cancelled") ? (
        <ReasonDialog
          seen={seen}
          title="Cancel"
          about="The request ends, and nothing is done."
          action={cancelRequestAction}
          makeInput={withReason}
          button="Cancel the request"
          risk
        />
      ) : null}
      {followers.includes("rejected") ? <RefuseDialog request={request} seen={seen} /> : null}
    </div>
  );
}

function RefuseDialog({ request, seen }: { request: RequestDetails; seen: Seen }) {
  const [open, setOpen] = useState(false);
  const form = useActionForm(refuseRequestAction, () => setOpen(false));
  return (
    <Dialog title="Refuse" open={open} onOpenChange={setOpen} trigger={<Button kind="risk-quiet">Refuse</Button>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = new FormData(event.currentTarget).get("ground");
          const ground = REFUSAL_GROUND_NAMES.find((name) => name === chosen);
          if (ground) form.submit({ ...seen, ground });
        }}
        className="flex flex-col gap-4"
      >
        <FormNotice form={form} />
        <p>The person has to be told, with the ground and where they can complain.</p>
        <Field label="Ground" error={form.fields.ground}>
          {(control) => (
            <Select {...control} name="ground">
              {listGrounds(request.type).map((name) => (
                <option key={name} value={name}>
                  {describeGround(name, request.law)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DialogActions>
          <Button kind="risk" type="submit" disabled={form.busy}>
            Refuse the request
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
