import {
  day,
  defineTableView,
  findChoice,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
} from "#components/data-table/view.ts";
import { RECEIPT_STATUSES } from "#lib/privacy/receipts/terms.ts";

/** The receipts' URL. */
export const receiptView = defineTableView({
  sorts: ["executed"],
  sort: "executed",
  direction: "desc",
  filters: { status: makeChoiceParser(RECEIPT_STATUSES), from: day, to: day },
});

type Filters = Awaited<ReturnType<typeof receiptView.loadFilters>>;

/** What the URL's filters ask for. */
export function toReceiptFilter(filters: Filters) {
  return {
    status: findChoice(RECEIPT_STATUSES, filters.status),
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}
