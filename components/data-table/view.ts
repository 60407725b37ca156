import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
  type SingleParserBuilder,
} from "nuqs/server";
import { DEFAULT_PAGE_SIZE, DIRECTIONS, type Direction, PAGE_SIZES } from "#lib/pagination.ts";

/** A filter's value in the URL: text of the expected form, or nothing. The server decides what it means. */
type FilterParser = SingleParserBuilder<string>;

function makeTextParser(fits: (value: string) => boolean): FilterParser {
  return createParser<string>({ parse: (value) => (fits(value) ? value : null), serialize: (value) => value });
}

/** A calendar day, UTC: 2026-03-31. */
export const day = makeTextParser(
  (value) => /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && new Date(value).toJSON()?.startsWith(value) === true,
);

/** What somebody typed, sealed so that it can stand in a URL (see lib/sealed-text). */
export const sealed = makeTextParser((value) => /^[\w-]{1,2000}$/.test(value));

export const uuid = makeTextParser((value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value));

/** A relation's name, such as WORKS_AT. */
export const relation = makeTextParser((value) => /^[A-Z][A-Z0-9_]{0,199}$/.test(value));

export const yesNo = makeChoiceParser(["yes", "no"]);

/** The choice that a text names; null where it names none. */
export function findChoice<T extends string>(choices: readonly T[], text: string | null): T | null {
  return choices.find((choice) => choice === text) ?? null;
}

export function makeChoiceParser(values: readonly string[]): FilterParser {
  return makeTextParser((value) => values.includes(value));
}

export const pageNumber = createParser<number>({
  parse: (value) => {
    const page = parseAsInteger.parse(value);
    return page !== null && page >= 1 && page <= 1_000_000_000 ? page : null;
  },
  serialize: String,
});

export type TableView = ReturnType<typeof defineTableView<string, string>>;

type Source = Request | SearchParams;

/** A table's URL contract, read on the server and written in the browser. What does not fit counts as not given. */
export function defineTableView<Sort extends string, Filter extends string>(contract: {
  sorts: readonly Sort[];
  sort: Sort;
  direction: Direction;
  filters: Record<Filter, FilterParser>;
}) {
  const layout = {
    page: pageNumber.withDefault(1),
    size: parseAsNumberLiteral(PAGE_SIZES).withDefault(DEFAULT_PAGE_SIZE),
    sort: makeChoiceParser(contract.sorts).withDefault(contract.sort),
    dir: parseAsStringLiteral(DIRECTIONS).withDefault(contract.direction),
    hide: parseAsArrayOf(parseAsString),
  };
  const loadLayout = createLoader(layout);
  const parsers: Record<string, FilterParser> = contract.filters;
  const loadEveryFilter = createLoader(parsers);
  return {
    layout,
    filters: contract.filters,
    loadPage: (source: Source) => {
      const { page, size, sort, dir } = loadLayout(source);
      return { page, size, direction: dir, sort: findChoice(contract.sorts, sort) ?? contract.sort };
    },
    loadFilters: createLoader(contract.filters),
    /** The two queries that a URL stands for, spelled as the browser spells them. */
    loadQueries: (source: Source) => {
      const filters = loadEveryFilter(source);
      return { rows: buildRowQuery(loadLayout(source), filters), filters: buildFilterQuery(filters) };
    },
  };
}

interface Layout {
  page: number;
  size: number;
  sort: string;
  dir: string;
}

/** The query that asks for these rows. `buildFilterQuery` alone decides how many there are in all. */
export function buildRowQuery({ page, size, sort, dir }: Layout, filters: Record<string, string | null>): string {
  const layoutQuery = { page: String(page), size: String(size), sort, dir };
  return new URLSearchParams({ ...layoutQuery, ...collectGivenFilters(filters) }).toString();
}

/** The query that asks how many rows there are. Two equal selections of filters give the same text. */
export function buildFilterQuery(filters: Record<string, string | null>): string {
  return new URLSearchParams(collectGivenFilters(filters)).toString();
}

function collectGivenFilters(filters: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters)
      .flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** The cookie that keeps which columns of a table this person has hidden. */
export function getHiddenColumnsCookie(name: string): string {
  return `lethe.hidden.${name}`;
}

/** Which columns are hidden: those the cookie names, or without one those that `unless` names. */
export function readHiddenColumns(cookie: string | undefined, unless: string[] = []): string[] {
  return cookie === undefined ? unless : cookie.split(".").filter(Boolean);
}

/** Midnight at the start of a day. */
export function parseDayStart(value: string | null): Date | null {
  return value ? new Date(`${value}T00:00:00Z`) : null;
}

/** Midnight at the end of a day, so that "to" includes it. */
export function parseDayEnd(value: string | null): Date | null {
  return value ? new Date(Date.parse(`${value}T00:00:00Z`) + 86_400_000) : null;
}

export function parseYesNo(value: string | null): boolean | null {
  return value === null ? null : value === "yes";
}
