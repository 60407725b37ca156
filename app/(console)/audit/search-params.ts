import {
  day,
  defineTableView,
  findChoice,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
  sealed,
  uuid,
} from "#components/data-table/view.ts";
import { AUDIT_ACTION_NAMES, AUDIT_BY, AUDIT_OUTCOMES } from "#lib/audit/terms.ts";

/** The audit trail's URL. */
export const auditView = defineTableView({
  sorts: ["at"],
  sort: "at",
  direction: "desc",
  filters: {
    action: makeChoiceParser(AUDIT_ACTION_NAMES),
    outcome: makeChoiceParser(AUDIT_OUTCOMES),
    actor: uuid,
    by: makeChoiceParser(["applications", "all"]),
    user: uuid,
    person: sealed,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof auditView.loadFilters>>;

/** The part of the filter that needs no key to read. */
export function toPlainFilter(filters: Filters) {
  return {
    by: findChoice(AUDIT_BY, filters.by) ?? "people",
    action: findChoice(AUDIT_ACTION_NAMES, filters.action),
    outcome: findChoice(AUDIT_OUTCOMES, filters.outcome),
    actor: filters.actor,
    user: filters.user,
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}
