import type { ReactNode, Ref } from "react";

interface ScrollRegionProps {
  label: string;
  busy?: boolean;
  ref?: Ref<HTMLElement>;
  className?: string;
  children: ReactNode;
}

/** A part of the page that scrolls by itself. It takes focus, because whoever has no mouse must be able to scroll it too. */
export function ScrollRegion({ label, busy, ref, className = "", children }: ScrollRegionProps) {
  return (
    <section
      ref={ref}
      aria-label={label}
      aria-busy={busy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions have to be focusable (WCAG 2.1.1)
      tabIndex={0}
      className={`scroll-region relative overflow-auto ${className}`}
    >
      {children}
    </section>
  );
}
