import { createLoader, parseAsArrayOf, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { day, relation, uuid } from "#components/data-table/view.ts";
import { CAPS, DEPTHS, FIRST_CAP, LAYOUTS } from "#lib/graph/view/picture/terms.ts";

/** The picture's URL: what is loaded, what of it is shown, and from where one looks at it. */
export const graphParams = {
  limit: parseAsNumberLiteral(CAPS).withDefault(FIRST_CAP),
  open: parseAsArrayOf(uuid).withDefault([]),
  node: uuid,
  to: uuid,
  hide: parseAsArrayOf(uuid).withDefault([]),
  kinds: parseAsArrayOf(parseAsString).withDefault([]),
  relations: parseAsArrayOf(relation).withDefault([]),
  /** The day whose end is shown; today where there is none. */
  at: day,
  past: parseAsStringLiteral(["hidden"]),
  depth: parseAsNumberLiteral(DEPTHS),
  as: parseAsStringLiteral(LAYOUTS).withDefault("picture"),
  cam: parseAsString,
};

export const loadGraphParams = createLoader(graphParams);
