import { z } from "zod";
import { AppError, type FieldErrors } from "#lib/errors.ts";
import { JsonError, measureJson, parseJson } from "#lib/json.ts";

/** What a field says that is missing: zod's own words tell of types. */
z.config({ customError: ({ input, code }) => (input === undefined && code !== "custom" ? "is required" : undefined) });

/** The first message for each field, keyed by its path ("metadata", "scopes.0"). */
export function collectFieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return fields;
}

/** Reads a value as a schema has it. @throws AppError `invalid` with a message per field. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, refusal = "The request does not fit."): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", refusal, collectFieldErrors(parsed.error));
}

/** PostgreSQL's text cannot hold NUL, nor half of a surrogate pair. */
const isStorable = (value: string) => !value.includes("\0") && value.isWellFormed();

/** Text of at most `max` characters that the database can hold. */
export function textSchema(max: number) {
  return z
    .string()
    .max(max, `Must have at most ${max.toLocaleString("en")} characters.`)
    .refine(isStorable, "Contains characters that cannot be stored.");
}

/**
 * An application's own id for something: any text of 1 to 500 characters. `.` and `..` are refused because clients put
 * the id into a URL path, where those two mean something else (wire contract, 1.1).
 */
export const externalIdSchema = textSchema(500)
  .refine((id) => id !== "", "Must not be empty.")
  .refine((id) => id !== "." && id !== "..", 'Must not be "." or "..".');

/** Why somebody does something that others will ask about. */
export const reasonSchema = textSchema(500).trim().min(10, "Say why, in at least ten characters.");

/** What somebody types to name a person: an id or an address. */
export const identifierSchema = textSchema(500).trim().min(1, "Type an id or an address.");

/** Optional text: blank means none. */
export function nullableTextSchema(max: number) {
  return textSchema(max)
    .transform((value) => (value.trim() === "" ? null : value))
    .nullable();
}

function isEveryString(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === "string") return holds(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => holds(key) && isEveryString(inner, holds));
}

/** Clocks differ, and a day alone may be tomorrow's elsewhere; beyond this a time is a mistake. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60_000;

/** Whether something can have happened by now: what is dated in the future stands first in every list, for ever. */
export function canHaveHappened(moment: Date): boolean {
  return moment.getTime() <= Date.now() + CLOCK_TOLERANCE_MS;
}

export const IN_THE_FUTURE = "Must not lie in the future.";

const METADATA_BYTES = 65_536;

type Json = z.core.util.JSONType;
export type Metadata = Record<string, Json>;

/**
 * Any JSON object. What is checked was read from JSON, so its values need no look; and zod's own record would leave out
 * the key `__proto__`, which is a key like any other here.
 */
export const jsonObjectSchema = z
  .custom<Metadata>(isJsonObject, "Must be a JSON object.")
  .meta({ type: "object", additionalProperties: true });

/** A JSON object of at most 64 KiB whose every string can be stored. */
export const metadataSchema = jsonObjectSchema
  .refine((value) => isEveryString(value, isStorable), "Contains characters that cannot be stored.")
  .refine((value) => measureJson(value) <= METADATA_BYTES, "Must be at most 64 KiB.");

/**
 * What a patch makes of metadata: objects are merged key by key, all else replaces what was there (wire contract, 4.1).
 * @throws z.ZodError when the result is too large to be kept.
 */
export function mergeMetadata(kept: unknown, patch: Metadata): Metadata {
  return metadataSchema.parse(mergeObjects(jsonObjectSchema.catch({}).parse(kept), patch));
}

function mergeObjects(kept: Metadata, patch: Metadata): Metadata {
  const result: Metadata = { ...kept };
  for (const [key, value] of Object.entries(patch)) {
    const before = Object.hasOwn(kept, key) ? kept[key] : undefined;
    const nested = isJsonObject(before) && isJsonObject(value) ? mergeObjects(before, value) : value;
    Object.defineProperty(result, key, { value: nested, enumerable: true, writable: true, configurable: true });
  }
  return result;
}

export function isJsonObject(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same, typed as text into a form. Blank means the empty object. */
export const metadataTextSchema = z
  .string()
  .max(METADATA_BYTES * 2)
  .transform((source, context): unknown => {
    try {
      return source.trim() === "" ? {} : parseJson(source);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  })
  .pipe(metadataSchema);
