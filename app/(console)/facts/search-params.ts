import {
  day,
  defineTableView,
  findChoice,
  makeChoiceParser,
  parseDayEnd,
  relation,
  sealed,
  uuid,
} from "#components/data-table/view.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { CONFIDENCES, FACT_KINDS, FACT_SORTS, FACT_STATES } from "#lib/graph/view/facts/terms.ts";
import { THEMES } from "#lib/relations/relation.ts";

/** The facts table's URL. `asOf` is a day: what held when it ended. */
export const factsView = defineTableView({
  sorts: FACT_SORTS,
  sort: "from",
  direction: "desc",
  filters: {
    q: sealed,
    state: makeChoiceParser(FACT_STATES),
    asOf: day,
    relation,
    extractor: makeChoiceParser(EXTRACTORS),
    confidence: makeChoiceParser(CONFIDENCES),
    theme: makeChoiceParser(THEMES),
    kind: makeChoiceParser(FACT_KINDS),
    node: uuid,
    fact: uuid,
    user: uuid,
  },
});

type Filters = Awaited<ReturnType<typeof factsView.loadFilters>>;

/** The part of the filter that needs no key to read. */
export function toPlainFilter(filters: Filters) {
  const { user, state, asOf, relation: name, extractor, confidence, theme, kind, node, fact } = filters;
  return {
    user: user ?? "00000000-0000-0000-0000-000000000000",
    state: findChoice(FACT_STATES, state),
    extractor: findChoice(EXTRACTORS, extractor),
    asOf: parseDayEnd(asOf),
    relation: name,
    theme: findChoice(THEMES, theme),
    kind: findChoice(FACT_KINDS, kind),
    confidence: confidence === null ? null : Number(confidence) / 100,
    node,
    fact,
  };
}
