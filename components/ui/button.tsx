import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

const SHAPE =
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-3 text-sm font-medium transition-colors duration-150 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 pointer-coarse:h-10";

const KINDS = {
  primary: "border-river bg-river text-on-river hover:border-river-strong hover:bg-river-strong",
  plain: "border-hairline bg-raised text-ink hover:bg-hover",
  quiet: "border-transparent text-soft hover:bg-hover hover:text-ink",
  risk: "border-risk bg-risk text-on-risk hover:border-risk-strong hover:bg-risk-strong",
  "risk-quiet": "border-hairline bg-raised text-risk hover:bg-risk-wash",
};

export type ButtonKind = keyof typeof KINDS;

/** The classes of a button, for links that must look like one. */
export function getButtonClass(kind: ButtonKind = "plain", extra = ""): string {
  return `${SHAPE} ${KINDS[kind]} ${extra}`;
}

interface ButtonProps extends ComponentProps<"button"> {
  kind?: ButtonKind;
}

export function Button({ kind = "plain", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={getButtonClass(kind, className)} {...disableAccessibly(rest)} />;
}

/** A disabled button keeps the focus, so that keyboard users do not lose their place. */
function disableAccessibly({ disabled, onClick, ...rest }: ComponentProps<"button">): ComponentProps<"button"> {
  if (!disabled) return { ...rest, onClick };
  return { ...rest, "aria-disabled": true, onClick: (event) => event.preventDefault() };
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  label: string;
  children: ReactNode;
}

/** A button that shows only a picture; its label is read out and shown on hover. */
export function IconButton({ label, className = "", type = "button", ...rest }: IconButtonProps) {
  const shape =
    "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft transition-colors duration-150";
  const states =
    "hover:bg-hover hover:text-ink aria-disabled:cursor-not-allowed aria-disabled:opacity-40 aria-disabled:hover:bg-transparent pointer-coarse:size-10";
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`${shape} ${states} ${className}`}
      {...disableAccessibly(rest)}
    />
  );
}

export function LinkButton({
  kind = "plain",
  className,
  ...rest
}: ComponentProps<typeof Link> & { kind?: ButtonKind }) {
  return <Link className={getButtonClass(kind, className)} {...rest} />;
}
