import { type ReactNode, useState, useTransition } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { useShownProject } from "#components/ui/project-provider.tsx";
import type { Failure, Result } from "#lib/errors.ts";

export interface ActionForm<Input> {
  submit: (input: Input) => void;
  busy: boolean;
  failure: Failure | null;
  /** A message per field, keyed as the action's schema names them. */
  fields: Record<string, string>;
  reset: () => void;
}

/** Sends a form to a server action and keeps what it answered. What was typed stays typed when it is refused. */
export function useActionForm<Input, Output>(
  action: (project: string, input: Input) => Promise<Result<Output>>,
  onDone: (value: Output) => void,
): ActionForm<Input> {
  const project = useShownProject();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, start] = useTransition();
  const submitInput = (input: Input) =>
    start(async () => {
      const result = await action(project, input).catch(() => UNREACHABLE);
      setFailure(result.ok ? null : result.error);
      if (result.ok) onDone(result.value);
      else requestAnimationFrame(focusFirstComplaint);
    });
  return { submit: submitInput, busy, failure, fields: failure?.fields ?? {}, reset: () => setFailure(null) };
}

const UNREACHABLE = {
  ok: false as const,
  error: {
    code: "internal" as const,
    message: "The console cannot be reached. What you typed is still here.",
    fields: {},
  },
};

/** Brings whoever typed to the first field that needs attention. */
function focusFirstComplaint(): void {
  document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

interface FieldFormProps {
  form: ActionForm<unknown>;
  children: ReactNode;
}

/** A form whose named fields are the action's input, with what went wrong told above them. */
export function FieldForm({ form, children }: FieldFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.submit(Object.fromEntries(new FormData(event.currentTarget)));
      }}
      className="flex flex-col gap-4"
    >
      <FormNotice form={form} />
      {children}
    </form>
  );
}

/** Says what went wrong with the form as a whole. */
export function FormNotice({ form }: { form: { failure: Failure | null } }) {
  return form.failure ? <Notice tone="risk">{form.failure.message}</Notice> : null;
}
