import { day, dayEnd, dayStart, oneOf, sealed, tableView, uuid } from "#components/data-table/view.ts";
import { auditActionSchema, auditBySchema, outcomeSchema } from "#lib/audit/schema.ts";

/** The audit trail's URL. */
export const auditView = tableView({
  sorts: ["at"],
  sort: "at",
  direction: "desc",
  filters: {
    action: oneOf(auditActionSchema.options),
    outcome: oneOf(outcomeSchema.options),
    actor: uuid,
    by: oneOf(["applications", "all"]),
    user: uuid,
    person: sealed,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof auditView.loadFilters>>;

/** The part of the filter that needs no key to read. */
export function plainFilter(filters: Filters) {
  return {
    by: auditBySchema.catch("people").parse(filters.by),
    action: auditActionSchema.nullable().parse(filters.action),
    outcome: outcomeSchema.nullable().parse(filters.outcome),
    actor: filters.actor,
    user: filters.user,
    from: dayStart(filters.from),
    to: dayEnd(filters.to),
  };
}
