import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from "lucide-react";
import { type FormEvent, useRef } from "react";
import type { TableState } from "#components/data-table/use-view.ts";
import { IconButton } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import { PAGE_SIZES } from "#lib/pagination.ts";

interface PaginationProps {
  state: TableState;
  noun: string;
  /** How many rows are on screen; not known while they are read. */
  shown: number | undefined;
  total: number | undefined;
  prefetch: (page: number) => void;
}

export function Pagination({ state, noun, shown, total, prefetch }: PaginationProps) {
  const { page, size } = state.layout;
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / size));
  const first = (page - 1) * size + 1;
  const top = useRef<HTMLElement>(null);
  const goToPage = (to: number) => {
    state.setLayout({ page: to });
    const start = top.current?.parentElement;
    if (start && start.getBoundingClientRect().top < 0) start.scrollIntoView();
  };
  const jumpToPage = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("page");
    if (!(field instanceof HTMLInputElement)) return;
    const wanted = Math.floor(Number(field.value));
    const reachable = wanted >= 1 ? Math.min(wanted, pages ?? wanted) : page;
    field.value = String(reachable);
    if (reachable !== page) goToPage(reachable);
  };
  const isLast = pages === undefined ? (shown ?? 0) < size : page >= pages;
  return (
    <nav
      ref={top}
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pt-3 text-xs text-soft"
    >
      <p role="status" className="flex items-center gap-1 tabular-nums">
        {shown ? `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ` : null}
        {total === undefined ? (
          <Skeleton className="h-3 w-16" />
        ) : (
          <strong className="font-medium text-ink">{formatCount(total, noun)}</strong>
        )}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label className="flex items-center gap-1.5">
          Rows
          <select
            value={size}
            onChange={(event) => {
              const chosen = PAGE_SIZES.find((option) => option === Number(event.target.value));
              if (chosen) state.setLayout({ size: chosen, page: Math.floor((first - 1) / chosen) + 1 });
            }}
            className="h-7 rounded-md border border-edge bg-raised px-1.5 text-ink"
          >
            {PAGE_SIZES.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
        <form onSubmit={jumpToPage} className="flex items-center gap-1.5">
          <label htmlFor="jump-to-page">Page</label>
          <input
            ref={(field) => {
              if (field) field.value = String(page);
            }}
            id="jump-to-page"
            name="page"
            inputMode="numeric"
            autoComplete="off"
            className="h-7 w-16 rounded-md border border-edge bg-raised px-1.5 text-right text-ink tabular-nums"
          />
          of {pages === undefined ? "…" : formatNumber(pages)}
        </form>
        <div className="flex">
          <IconButton label="First page" disabled={page <= 1} onClick={() => goToPage(1)}>
            <ChevronFirst size={16} aria-hidden />
          </IconButton>
          <IconButton label="Previous page" disabled={page <= 1} onClick={() => goToPage(page - 1)}>
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Next page"
            disabled={isLast}
            onPointerEnter={() => prefetch(page + 1)}
            onFocus={() => prefetch(page + 1)}
            onClick={() => goToPage(page + 1)}
          >
            <ChevronRight size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Last page"
            disabled={isLast || pages === undefined}
            onClick={() => pages && goToPage(pages)}
          >
            <ChevronLast size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
    </nav>
  );
}
