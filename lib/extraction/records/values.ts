import { findLongNumber } from "#lib/json.ts";

/** A value in words, a number with every digit that was written; white space is one space. */
export function writeScalar(value: unknown): string {
  return (findLongNumber(value) ?? String(value)).replace(/\s+/g, " ").trim();
}

const ISO = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}.*)?)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
/** Seconds and milliseconds since 1970, from 2001 to 2100: what is smaller is a number of something. */
const [EARLIEST, LATEST] = [978_307_200, 4_102_444_800];

/** The time that a value names; null for what is none, and for a day that does not exist or could be two. */
export function readDate(value: unknown): Date | null {
  if (typeof value === "number") return readEpoch(value);
  if (typeof value !== "string") return null;
  const [, first = "", second = "", slashedYear] = SLASHED.exec(value) ?? [];
  if (slashedYear) return readSlashed(Number(first), Number(second), Number(slashedYear));
  if (/^\d{4}$/.test(value)) return new Date(Date.UTC(Number(value), 0, 1));
  const [, year, month, day] = ISO.exec(value) ?? [];
  if (!year || !month) return null;
  const start = keepExisting(Number(year), Number(month), Number(day ?? 1));
  if (!start || !/[T ]/.test(value)) return start;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value.replace(" ", "T")}Z`;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? null : time;
}

function readEpoch(value: number): Date | null {
  const seconds = value > LATEST ? value / 1000 : value;
  return Number.isInteger(value) && seconds >= EARLIEST && seconds <= LATEST ? new Date(seconds * 1000) : null;
}

/** A number above 12 is the day, which decides the order; where neither is, only the same day and month is one day. */
function readSlashed(first: number, second: number, year: number): Date | null {
  if (second > 12) return keepExisting(year, first, second);
  if (first > 12) return keepExisting(year, second, first);
  return first === second ? keepExisting(year, first, second) : null;
}

function keepExisting(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0 ? date : null;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A day in words, where a value is the day of something. */
export function writeDay(date: Date): string {
  return DAY.format(date);
}

const WRITTEN_DAY = /^\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:\d{2})/;

/** The day that a value names in words, as it stands there, whatever the zone; null for what is no day. */
export function writeDayOf(value: unknown): string | null {
  const written = typeof value === "string" ? WRITTEN_DAY.exec(value)?.[0] : undefined;
  const date = readDate(written ?? value);
  return date && DAY.format(date);
}

/** Whether a value can be nothing but a day or a moment. */
export function isWrittenDay(value: unknown): boolean {
  return typeof value === "string" && WRITTEN_DAY.test(value) && readDate(value) !== null;
}

/** "RETURN_REQUESTED" and "weight_loss" as people write them. */
export function writeCode(text: string): string {
  const isCode = /^(?:[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+|[A-Z]{4,})$/.test(text) && !/^(?:[A-Z]{4})$/.test(text);
  return isCode ? text.replaceAll("_", " ").toLowerCase() : text;
}

const MONEY = /^(?:amount|total|price|value|net|fee|cost|sum|subtotal)$/;

/**
 * Sums with their currency: "6800 USD" in the place of two keys. @returns the object with the currency in the sum; as it is
 * where it has no currency or several sums.
 */
export function joinMoney(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { currency, ...rest } = joinCurrencyOfKeys(object);
  const sums = Object.entries(rest).filter(
    ([key, value]) => MONEY.test(key) && /^(?:number|string)$/.test(typeof value),
  );
  const [sum] = sums;
  if (typeof currency !== "string" || !/^[A-Za-z]{3}$/.test(currency) || sums.length !== 1 || !sum)
    return joinCurrencyOfKeys(object);
  return { ...rest, [sum[0]]: `${writeScalar(sum[1])} ${currency.toUpperCase()}` };
}

/** "total_gbp": 41.5 is a total of "41.5 GBP". */
function joinCurrencyOfKeys(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Object.keys(object).some((key) => IN_CURRENCY.test(key))) return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const { sum, code } = IN_CURRENCY.exec(key)?.groups ?? {};
      const isSum = sum && code && typeof value === "number" && !(sum in object);
      return isSum ? [sum, `${writeScalar(value)} ${code.toUpperCase()}`] : [key, value];
    }),
  );
}

const IN_CURRENCY =
  /^(?<sum>\w*(?:amount|total|price|value|net|fee|cost|sum|subtotal|paid|salary|balance|refund))_(?<code>gbp|usd|eur|cad|aud|nzd|chf|jpy|inr|pln|sek|nok|dkk|czk|zar)$/i;

/** Currencies without minor units (ISO 4217). */
const WHOLE = /^(?:bif|clp|djf|gnf|jpy|kmf|krw|mga|pyg|rwf|ugx|vnd|vuv|xaf|xof|xpf)$/i;

/**
 * The price of a plan as payment services keep it: a whole number of the currency's smallest unit, the currency and the
 * interval (https://docs.stripe.com/api/plans/object). @returns null for any other form, whose numbers stay as they came.
 */
export function writePrice(object: Readonly<Record<string, unknown>>): string | null {
  const { amount, currency, interval } = object;
  if (
    typeof amount !== "number" ||
    !Number.isInteger(amount) ||
    typeof currency !== "string" ||
    typeof interval !== "string"
  )
    return null;
  if (!/^[a-z]{3}$/.test(currency) || !/^(?:day|week|month|year)$/.test(interval)) return null;
  const price = WHOLE.test(currency) ? String(amount) : (amount / 100).toFixed(2);
  return `${price} ${currency.toUpperCase()} a ${interval}`;
}
