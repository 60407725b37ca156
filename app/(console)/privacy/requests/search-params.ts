import {
  day,
  defineTableView,
  findChoice,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
} from "#components/data-table/view.ts";
import { LAWS, REQUEST_STATES, REQUEST_TYPES } from "#lib/privacy/requests/terms.ts";

const STATES = ["closed", "all", ...REQUEST_STATES] as const;
const WHOSE = ["mine", "nobodys"] as const;
const DUE = ["overdue", "soon"] as const;

/** The queue's URL: open requests first, those that are due soonest at the top. */
export const requestView = defineTableView({
  sorts: ["due", "received"],
  sort: "due",
  direction: "asc",
  filters: {
    state: makeChoiceParser(STATES),
    type: makeChoiceParser(REQUEST_TYPES),
    law: makeChoiceParser(LAWS),
    due: makeChoiceParser(DUE),
    whose: makeChoiceParser(WHOSE),
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof requestView.loadFilters>>;

/** What the URL's filters ask for. */
export function toRequestFilter(filters: Filters) {
  return {
    state: readState(filters.state),
    type: findChoice(REQUEST_TYPES, filters.type),
    law: findChoice(LAWS, filters.law),
    due: findChoice(DUE, filters.due),
    whose: findChoice(WHOSE, filters.whose),
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}

/** Open requests where nobody says which. */
function readState(text: string | null) {
  if (text === "all") return null;
  return findChoice(["closed", ...REQUEST_STATES] as const, text) ?? ("open" as const);
}
