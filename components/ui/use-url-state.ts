import { type UseQueryStatesKeysMap, useQueryStates } from "nuqs";
import { useCallback, useEffect, useRef } from "react";

/**
 * State that lives in the URL; a change makes an entry in the history unless it says otherwise.
 *
 * The URL changes a moment after the state does, and Next.js gives up a navigation when the URL changes while it is under
 * way. A link that is clicked in that moment is therefore followed once the URL has changed.
 */
export function useUrlState<Parsers extends UseQueryStatesKeysMap>(parsers: Parsers) {
  const [state, setState] = useQueryStates(parsers, { history: "push" });
  const waitFor = useLinksAfter();
  const change = useCallback(
    (...[values, options]: Parameters<typeof setState>) => waitFor(setState(values, options)),
    [setState, waitFor],
  );
  return [state, change] as const;
}

/** @returns what is given a change that is under way, which links then wait for. */
function useLinksAfter(): (change: Promise<unknown>) => void {
  const changing = useRef(new Set<Promise<unknown>>());
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = findPlainLink(event);
      if (!link || changing.current.size === 0) return;
      event.preventDefault();
      event.stopPropagation();
      void Promise.allSettled(changing.current).then(() => link.click());
    };
    document.addEventListener("click", onClick, true);
    return () => document.removeEventListener("click", onClick, true);
  }, []);
  return useCallback((change) => {
    changing.current.add(change);
    void change.finally(() => changing.current.delete(change));
  }, []);
}

/** The link that a click follows in this window; null for one that opens another. */
export function findPlainLink({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): HTMLAnchorElement | null {
  if (button !== 0 || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return null;
  return target.closest<HTMLAnchorElement>("a[href]:not([target=_blank])");
}
