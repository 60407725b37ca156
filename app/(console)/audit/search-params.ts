import { day, dayEnd, dayStart, oneOf, tableView, uuid } from "#components/data-table/view.ts";
import { auditActionSchema, outcomeSchema } from "#lib/audit/schema.ts";

/** The audit trail's URL. */
export const auditView = tableView({
  sorts: ["at"],
  sort: "at",
  direction: "desc",
  filters: {
    action: oneOf(auditActionSchema.options),
    outcome: oneOf(outcomeSchema.options),
    actor: uuid,
    user: uuid,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof auditView.loadFilters>>;

/** What the URL's filters ask for. */
export function auditFilter(filters: Filters) {
  return {
    action: auditActionSchema.nullable().parse(filters.action),
    outcome: outcomeSchema.nullable().parse(filters.outcome),
    actor: filters.actor,
    user: filters.user,
    from: dayStart(filters.from),
    to: dayEnd(filters.to),
  };
}
