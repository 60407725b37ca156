/** When a fact holds; null where nobody knows. */
export interface Span {
  validAt: Date | null;
  invalidAt: Date | null;
}

/** A model's interval, corrected: if it would end before it begins, only the end is kept. */
export function parseSpan(from: string | null, until: string | null): Span {
  const validAt = parseTime(from);
  const invalidAt = parseTime(until);
  return validAt && invalidAt && invalidAt < validAt ? { validAt: null, invalidAt } : { validAt, invalidAt };
}

/**
 * The instant that a model wrote: a year, a month, a day or a time of ISO 8601, in UTC where no zone is given. Null for
 * everything else, and for what lies outside the years 1 to 9999, which the database cannot read back.
 */
export function parseTime(text: string | null): Date | null {
  const [whole, , time, zone] = ISO.exec(text?.trim() ?? "") ?? [];
  if (!whole) return null;
  const date = new Date(`${whole.replace(" ", "T")}${time && !zone ? "Z" : ""}`);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9_999 ? date : null;
}

const ISO = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
