import type { TableState } from "#components/data-table/use-view.ts";
import { getHiddenColumnsCookie } from "#components/data-table/view.ts";

/** Hidden columns: the URL's when it names any, else those kept from last time. Changing one writes both. */
export function useHiddenColumns(name: string, state: TableState, kept: string[]) {
  const ids = state.layout.hide ?? kept;
  const setColumnVisible = (id: string, visible: boolean) => {
    const next = visible ? ids.filter((hidden) => hidden !== id) : [...ids, id];
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
    document.cookie = `${getHiddenColumnsCookie(name)}=${next.join(".")}; path=/; max-age=31536000; samesite=lax`;
    state.setLayout({ hide: next });
  };
  return { ids, set: setColumnVisible };
}
