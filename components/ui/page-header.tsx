import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One line under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** Where this page belongs. */
  above?: ReactNode;
}

export function PageHeader({ title, lead, actions, above }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-4">
      <div className="min-w-0 wrap-anywhere">
        {above ? <div className="mb-1 text-xs text-faint">{above}</div> : null}
        <h1 dir="auto" className="font-serif text-2xl leading-8 font-semibold tracking-[-0.01em]">
          {title}
        </h1>
        {lead ? <div className="mt-1 text-soft">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
