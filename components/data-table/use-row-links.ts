import { useRouter } from "next/navigation";
import { type RefObject, useEffect } from "react";

/** Plain links inside a table's rows, followed without reloading the page: one handler for all instead of one each. */
export function useRowLinks(table: RefObject<HTMLTableElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const followLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link || !table.current?.contains(link)) return;
      const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
      if (elsewhere || event.defaultPrevented || link.origin !== window.location.origin) return;
      event.preventDefault();
      router.push(`${link.pathname}${link.search}`);
    };
    document.addEventListener("click", followLink);
    return () => document.removeEventListener("click", followLink);
  }, [table, router]);
}
