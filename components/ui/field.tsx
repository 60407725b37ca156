import { type ComponentProps, type ReactNode, useId } from "react";

const CONTROL =
  "w-full rounded-md border border-edge bg-raised px-2.5 text-sm text-ink placeholder:text-faint aria-invalid:border-risk disabled:opacity-60";

interface FieldProps {
  label: string;
  /** What this is for, where the label alone does not say. */
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  children: (control: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A labelled control with its hint and its complaint, tied together for screen readers. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="flex items-baseline justify-between text-xs font-medium text-soft">
        {label}
        {optional ? <span className="font-normal text-faint">optional</span> : null}
      </label>
      {children({ id, "aria-describedby": `${id}-about`, "aria-invalid": error !== undefined })}
      <div id={`${id}-about`} className="text-xs">
        {hint ? <p className="text-faint">{hint}</p> : null}
        {error ? <p className="font-medium text-risk">{error}</p> : null}
      </div>
    </div>
  );
}

export function TextInput({ className = "", ...rest }: ComponentProps<"input">) {
  return <input className={`${CONTROL} h-8 pointer-coarse:h-10 ${className}`} {...rest} />;
}

/** For ids and addresses as an application writes them: nothing is completed, corrected or turned around. */
export function IdInput(props: ComponentProps<"input">) {
  return <TextInput autoComplete="off" spellCheck={false} dir="auto" className="font-mono" {...props} />;
}

export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea className={`${CONTROL} py-1.5 font-mono text-xs leading-5 ${className}`} {...rest} />;
}

export function Select({ className = "", ...rest }: ComponentProps<"select">) {
  return <select className={`${CONTROL} h-8 pr-7 pointer-coarse:h-10 ${className}`} {...rest} />;
}
