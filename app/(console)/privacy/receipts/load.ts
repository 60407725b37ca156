import type { SearchParams } from "nuqs/server";
import { receiptView, toReceiptFilter } from "#app/(console)/privacy/receipts/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { countReceipts, listReceipts } from "#lib/privacy/receipts/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadReceipts(actor: Actor, source: Source) {
  return listReceipts(actor, { ...receiptView.loadPage(source), ...toReceiptFilter(receiptView.loadFilters(source)) });
}

/** How many there are in all. */
export async function loadReceiptTotal(actor: Actor, source: Source) {
  return countReceipts(actor, toReceiptFilter(receiptView.loadFilters(source)));
}
