import {
  day,
  defineTableView,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
  sealed,
  uuid,
} from "#components/data-table/view.ts";
import { auditActionSchema, auditBySchema, outcomeSchema } from "#lib/audit/schema.ts";

/** The audit trail's URL. */
export const auditView = defineTableView({
  sorts: ["at"],
  sort: "at",
  direction: "desc",
  filters: {
    action: makeChoiceParser(auditActionSchema.options),
    outcome: makeChoiceParser(outcomeSchema.options),
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
    by: auditBySchema.catch("people").parse(filters.by),
    action: auditActionSchema.nullable().parse(filters.action),
    outcome: outcomeSchema.nullable().parse(filters.outcome),
    actor: filters.actor,
    user: filters.user,
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}
