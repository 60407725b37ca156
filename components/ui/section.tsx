import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** What the figures in it are. */
  about?: string;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-3 flex items-baseline gap-3 border-b pb-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {about ? <span className="text-xs text-faint">{about}</span> : null}
      </div>
      {children}
    </section>
  );
}
