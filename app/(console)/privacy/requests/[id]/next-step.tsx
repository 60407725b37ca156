"use client";

import { type ReactNode, useState } from "react";
import type { Seen } from "#app/(console)/privacy/requests/[id]/reason-dialog.tsx";
import {
  answerRequestAction,
  attestRequestAction,
  closeUnknownAction,
  decideRequestAction,
  fulfilRequestAction,
  makeVerificationCodeAction,
  resumeRequestAction,
  reviewRequestAction,
  submitRequestAction,
} from "#app/(console)/privacy/requests/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { Result } from "#lib/errors.ts";
import { formatAbsoluteTime, formatCount } from "#lib/format.ts";
import type { RequestDetails } from "#lib/privacy/requests/queries.ts";
import type { VerificationCode } from "#lib/privacy/requests/verify.ts";

/** The one thing to do next on a request, with what it means. */
export function NextStep({ request }: { request: RequestDetails }) {
  const seen = { request: request.uuid, version: request.version };
  const step = describeStep(request);
  // It outlives the step that made it: it is shown once, and the request is over by then.
  const [token, setToken] = useState<string | null>(null);
  return (
    <section aria-labelledby="next" className="rounded-lg border border-river/40 bg-river-wash px-4 py-3">
      <h2 id="next" className="text-xs font-medium text-river-strong">
        {step.isOver ? "Over" : step.isWaiting ? "Waiting" : "Next"}
      </h2>
      <p className="mt-1 text-base">{step.words}</p>
      {step.about ? <p className="mt-1 max-w-prose text-soft">{step.about}</p> : null}
      {token ? (
        <div className="mt-3 max-w-prose">
          <Secret
            label="Link for them"
            value={`${window.location.origin}/your-data#${token}`}
            after="Send it now: it is stored nowhere, so nobody can show it again."
          />
        </div>
      ) : null}
      <div className="mt-3 flex flex-wrap items-start gap-2">
        <StepButtons request={request} seen={seen} onLink={setToken} />
      </div>
    </section>
  );
}

interface Step {
  words: string;
  about?: string;
  isWaiting?: boolean;
  isOver?: boolean;
}

function describeStep(request: RequestDetails): Step {
  const { state, type, plan, undecided, approvalsRequired, executeAfter, isFiler, hasDecided, isAboutThem } = request;
  if (isAboutThem)
    return { words: "This request is about you.", about: "Somebody else has to work on it.", isWaiting: true };
  switch (state) {
    case "verified":
      return { words: "Look into it.", about: "They have shown that it is they who ask." };
    case "received":
    case "awaiting_verification":
      return {
        words: "Make sure that it is they who ask.",
        about:
          "By whatever you know them by: a call back, a signature, their account. That you have is recorded and never taken back.",
      };
    case "in_review":
      if (plan && !plan.known)
        return {
          words: "Nobody is known here by what they named.",
          about: "That is an answer too: everything is looked through, and a receipt says that it was so.",
        };
      return undecided > 0
        ? {
            words: `Decide what becomes of ${formatCount(undecided, "mention")}.`,
            about: "Others have spoken of this person. The list is below.",
          }
        : { words: "Hand the plan in.", about: "It can be changed only by taking it back." };
    case "on_hold":
      return { words: request.stateReason ?? "On hold.", isWaiting: true };
    case "awaiting_approval":
      return isFiler || hasDecided
        ? {
            words: `${formatCount(approvalsRequired, "approval")} needed, by others than who filed it or handed its plan in.`,
            about: "If there is nobody else, take the plan back and let the one who may not approve it hand it in.",
            isWaiting: true,
          }
        : {
            words: "Approve the plan, or send it back.",
            about: "What you approve is this plan, as it is below: whom it covers and every decision on a mention.",
          };
    case "scheduled":
      if (type !== "erasure") return { words: "Do it.", about: DO[type] };
      return {
        words: executeAfter
          ? `It is done on ${formatAbsoluteTime(new Date(executeAfter))}.`
          : "It is done at its time.",
        about: "Until then it can be undone, and the person is restricted: nothing new is taken in about them.",
        isWaiting: true,
      };
    case "executing":
      return { words: "It is being done.", isWaiting: true };
    case "verifying":
      return { words: "It is erased. Everything is being looked through for what may be left.", isWaiting: true };
    case "residue_found":
      return {
        words: "Something of it was found afterwards.",
        about: "The receipt says where. It is looked for again every minute.",
        isWaiting: true,
      };
    case "blocked_by_hold":
      return {
        words: "A legal hold keeps this person.",
        about: "It is done by itself once the hold is released.",
        isWaiting: true,
      };
    case "failed":
      return { words: "It could not be done.", about: request.stateReason ?? undefined };
    default:
      return request.answeredAt
        ? { words: "This request is over, and they have been told.", isOver: true }
        : {
            words: "Tell them how it ended.",
            about: `A letter is below.${request.hasOwnCopy ? " Their copy of the receipt is made once, on the receipt's page, and goes with a letter that is sent from here." : ""} Once they have been told, nothing here says any more whom this was about.`,
          };
  }
}

const DO = {
  access: "Makes the copy, and gives you the link to send to them.",
  portability: "Makes the copy, and gives you the link to send to them.",
  rectification: "Put their record right first; this notes that it was done.",
  restriction: "From then on nothing new is taken in about them.",
} as const;

interface StepButtonsProps {
  request: RequestDetails;
  seen: Seen;
  onLink: (token: string | null) => void;
}

function StepButtons({ request, seen, onLink }: StepButtonsProps): ReactNode {
  const { state, type, plan, undecided, isFiler, hasDecided, isAboutThem, approvalsRequired } = request;
  if (isAboutThem) return null;
  switch (state) {
    case "received":
    case "awaiting_verification":
      return (
        <>
          <StepButton
            action={attestRequestAction}
            input={seen}
            words="I have made sure who they are"
            busy="Looking into it …"
          />
          <SendCode seen={seen} mail={request.mail} />
        </>
      );
    case "verified":
      return <StepButton action={reviewRequestAction} input={seen} words="Look into it" busy="Looking into it …" />;
    case "in_review":
      if (plan && !plan.known)
        return <StepButton action={closeUnknownAction} input={seen} words="Answer that nobody is known" />;
      return (
        <>
          {undecided === 0 ? <StepButton action={submitRequestAction} input={seen} words="Hand in the plan" /> : null}
          <StepButton action={reviewRequestAction} input={seen} words="Count again" quiet />
        </>
      );
    case "on_hold":
      return <StepButton action={resumeRequestAction} input={seen} words="Go on" />;
    case "awaiting_approval":
      return isFiler || hasDecided ? null : (
        <StepButton
          action={decideRequestAction}
          input={{ ...seen, step: "plan" as const, approved: true, reason: "" }}
          words="Approve this plan"
        />
      );
    case "scheduled":
      if (type !== "erasure") return <Fulfil seen={seen} onLink={onLink} />;
      return approvalsRequired > 0 && isFiler ? null : (
        <StepButton
          action={decideRequestAction}
          input={{ ...seen, step: "expedite" as const, approved: true, reason: "" }}
          words="Do not wait"
          quiet
        />
      );
    case "failed":
      return <StepButton action={reviewRequestAction} input={seen} words="Back to review" />;
    case "completed":
    case "completed_partial":
    case "closed_no_match":
    case "rejected":
    case "withdrawn":
    case "cancelled":
    case "expired":
      return request.answeredAt ? null : (
        <StepButton action={answerRequestAction} input={seen} words="They have been told" />
      );
    default:
      return null;
  }
}

interface StepButtonProps<Input> {
  action: (project: string, input: Input) => Promise<Result<unknown>>;
  input: Input;
  words: string;
  busy?: string;
  quiet?: boolean;
}

function StepButton<Input>({ action, input, words, busy = words, quiet = false }: StepButtonProps<Input>) {
  const form = useActionForm(action, () => undefined);
  return (
    <div className="flex flex-col gap-2">
      <FormNotice form={form} />
      <Button kind={quiet ? undefined : "primary"} disabled={form.busy} onClick={() => form.submit(input)}>
        {form.busy ? busy : words}
      </Button>
    </div>
  );
}

/** Another way to know who asks: a code, which they enter themselves. */
function SendCode({ seen, mail }: { seen: Seen; mail: RequestDetails["mail"] }) {
  const announce = useAnnounce();
  const [made, setMade] = useState<VerificationCode | null>(null);
  const form = useActionForm(makeVerificationCodeAction, ({ handedOver }) => {
    setMade(handedOver);
    if (!handedOver) announce("Sent. Nobody but them knows the code.");
  });
  if (made)
    return (
      <div className="flex max-w-prose flex-col gap-3">
        <Secret
          label="Link for them"
          value={`${window.location.origin}/your-request#${made.token}`}
          after="Send it to the address that you know of them."
        />
        <Secret
          label="Code"
          value={made.code}
          after="Tell it to them on another way, such as by telephone. Both are told now and never again."
        />
      </div>
    );
  return (
    <div className="flex flex-col gap-2">
      <FormNotice form={form} />
      <div className="flex flex-wrap gap-2">
        {mail?.codes ? (
          <Button disabled={form.busy} onClick={() => form.submit({ ...seen, mailTo: mail.codes })}>
            {`Send a code to ${mail.codes}`}
          </Button>
        ) : null}
        <Button disabled={form.busy} onClick={() => form.submit({ ...seen, mailTo: null })}>
          Hand over a code
        </Button>
      </div>
    </div>
  );
}

function Fulfil({ seen, onLink }: Omit<StepButtonsProps, "request">) {
  const form = useActionForm(fulfilRequestAction, ({ token }) => onLink(token));
  return (
    <div className="flex flex-col gap-2">
      <FormNotice form={form} />
      <Button kind="primary" disabled={form.busy} onClick={() => form.submit(seen)}>
        {form.busy ? "Being done …" : "Do it now"}
      </Button>
    </div>
  );
}
