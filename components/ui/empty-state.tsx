import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** It is the page, not a part of one. */
  page?: boolean;
}

/** A page or table with nothing in it, and the first thing to do about that. */
export function EmptyState({ title, children, action, page = false }: EmptyStateProps) {
  const Heading = page ? "h1" : "h2";
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <svg
        viewBox="0 0 96 32"
        className="h-8 text-edge"
        aria-hidden
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      >
        <path d="M4 8c14-7 28 7 42 0s28-7 42 0" />
        <path d="M14 17c12-6 23 6 35 0s22-6 33 0" opacity=".65" />
        <path d="M30 26c8-4 14 4 22 0s12-4 16 0" opacity=".35" />
      </svg>
      <Heading className="font-serif text-lg font-semibold">{title}</Heading>
      <div className="max-w-[50ch] text-soft">{children}</div>
      {action}
    </div>
  );
}
