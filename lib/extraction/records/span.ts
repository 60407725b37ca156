import { CREATED, findEndOfSpan, HAPPENED, splitKey, UPDATED } from "#lib/extraction/records/keys.ts";
import { type Kind, NO_KIND, shortenKey } from "#lib/extraction/records/kind.ts";
import { readDate } from "#lib/extraction/records/values.ts";

/** When what an object says holds, by its own dates. */
export interface Span {
  from: Date | null;
  until: Date | null;
}

/** The dates of an object: when it was updated comes before when it was made, since what it says now began then. */
export function readSpan(object: Readonly<Record<string, unknown>>, outer: Span, kind: Kind = NO_KIND): Span {
  const dates = Object.entries(object).map(([key, value]) => ({
    words: shortenKey(splitKey(key), kind),
    date: readDate(value),
  }));
  const find = (matches: (words: string) => boolean) =>
    dates.find(({ words, date }) => date !== null && matches(words))?.date ?? null;
  const from = find((words) => findEndOfSpan(words) === "from");
  const changed = find((words) => UPDATED.test(words)) ?? find((words) => CREATED.test(words));
  return {
    from: from ?? changed ?? outer.from,
    until: find((words) => findEndOfSpan(words) === "until") ?? outer.until,
  };
}

/** When what an object is of was ordered, opened or held; null where it does not say. */
export function findWhenItHappened(object: Readonly<Record<string, unknown>>): Date | null {
  const key = Object.keys(object).find((one) => HAPPENED.test(splitKey(one)));
  return key === undefined ? null : readDate(object[key]);
}

/** The day after; null for no day. */
export function findDayAfter(day: Date | null): Date | null {
  return day && new Date(day.getTime() + DAY);
}

const DAY = 86_400_000;

/** When an object was made; null where it does not say. */
export function findCreation(object: Readonly<Record<string, unknown>>): Date | null {
  const key = Object.keys(object).find((one) => CREATED.test(splitKey(one)));
  return key === undefined ? null : readDate(object[key]);
}

/** Whether a key only says when the others hold. */
export function isSpanKey(words: string): boolean {
  return findEndOfSpan(words) !== null || CREATED.test(words) || UPDATED.test(words);
}

const OVER =
  /^(?:cancell?ed|closed|ended|expired|terminated|inactive|churned|completed?|finished|resolved|solved|lapsed|over)$/i;

/**
 * Since when a record's state holds: from the day that is named after it, `delivered_at` of "delivered"; a last state holds from
 * the end on. @returns null for any other state, which holds as long as its record does.
 */
export function findBeginOfState(
  object: Readonly<Record<string, unknown>>,
  words: string,
  value: unknown,
  until: Date | null,
): Date | null {
  if (!/(?:^| )(?:status|state|stage)$/.test(words) || typeof value !== "string") return null;
  const state = splitKey(value).replace("cancelled", "canceled");
  const named = Object.entries(object).find(([key]) => {
    const [first, last] = splitKey(key)
      .replace("cancelled", "canceled")
      .split(/ (?=(?:at|on|date)$)/);
    return first === state && last !== undefined;
  });
  return (named && readDate(named[1])) ?? (OVER.test(value.trim()) ? until : null);
}
