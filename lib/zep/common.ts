import { z } from "zod";
import type { Operation } from "#lib/route.ts";
import { canHaveHappened, IN_THE_FUTURE, jsonObjectSchema, metadataSchema, textSchema } from "#lib/validation.ts";

type Described<Params, Query, Body, Answer> = Pick<
  Operation<Params, Query, Body, Answer>,
  "id" | "needs" | "method" | "path" | "summary" | "answer"
> &
  Partial<Operation<Params, Query, Body, Answer>>;

declare module "zod" {
  interface GlobalMeta {
    /** How the API's document describes a shape, where that is not how it is read. */
    wire?: Record<string, unknown>;
  }
}

/** Declares an operation; what it leaves out is: no parameters, no query, no body, 200. */
export function defineOperation<Answer, Params = unknown, Query = unknown, Body = unknown>(
  described: Described<Params, Query, Body, Answer>,
): Operation<Params, Query, Body, Answer> {
  const nothing = { params: z.any(), query: z.any(), body: z.any() };
  const translate = described.id.startsWith("v3.") ? translateToV3 : undefined;
  return { status: 200, deprecated: false, translate, ...nothing, ...described };
}

/** v3 calls a session a thread and a group a graph (wire contract, 3); what a key is allowed keeps its name. */
function translateToV3(message: string): string {
  return message
    .replaceAll(/\bsession(s?)(_id)?\b(?!:)/gi, "thread$1$2")
    .replaceAll(/\bgroup(s?)(_id)?\b(?!:)/gi, "graph$1$2");
}

/** Clients send `null` for what was passed as undefined or None, so every optional field takes it (wire contract, 1.2). */
export function optionalSchema<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** An optional field in which an empty text, too, means that nothing was given. */
export function optionalOrBlankSchema<T extends z.ZodType>(schema: T, message?: string) {
  return optionalSchema(z.union([z.literal("").transform(() => undefined), schema], message));
}

/** Text that, left empty, means the same as absent (wire contract, 7.2). */
export function optionalTextSchema(max: number) {
  return optionalSchema(textSchema(max)).transform((value) => value || undefined);
}

export const optionalMetadata = optionalSchema(metadataSchema);

const TIME = "Must be a time such as 2024-05-01T09:30:00Z.";

/**
 * A time as the clients write it: RFC 3339, without an offset UTC; a date alone is its first moment. A space for the T and
 * an offset without a colon are what languages print by themselves.
 */
export const time = z
  .string(TIME)
  .max(40, TIME)
  .transform((value) =>
    value
      .trim()
      .toUpperCase()
      .replace(" ", "T")
      .replace(/T(\d\d:\d\d)(?=[Z+-]|$)/, "T$1:00"),
  )
  .transform((value) =>
    value.replace(/([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = "00") =>
      value.includes("T") ? `${hours}:${minutes}` : _,
    ),
  )
  .pipe(z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], TIME))
  .transform((value) => new Date(/(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes("T") ? value : `${value}Z`))
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999,
    "Must lie between the years 1 and 9999.",
  );

/** Left empty, a time is absent. */
export const optionalTime = optionalOrBlankSchema(time, TIME);

/** When something was made or said, which cannot be in the future. */
export const pastTime = optionalOrBlankSchema(time.refine(canHaveHappened, IN_THE_FUTURE), TIME);

/** A time as it was where it was written: the day that "yesterday" counts from is the day there. */
export interface SpokenTime {
  at: Date;
  /** Minutes east of UTC; null where the time was given in UTC or without an offset. */
  utcOffset: number | null;
}

/** When something was said, which cannot be in the future, with the offset from UTC that it was written with. */
export const spokenTime = optionalOrBlankSchema(
  z
    .string(TIME)
    .max(40, TIME)
    .transform((value, context): SpokenTime => {
      const { data } = time.safeParse(value);
      if (data) return { at: data, utcOffset: readUtcOffset(value) };
      context.issues.push({ code: "custom", message: TIME, input: value });
      return z.NEVER;
    })
    .refine(({ at }) => canHaveHappened(at), IN_THE_FUTURE),
  TIME,
);

/** The offset from UTC that a time is written with, in minutes; null for UTC itself and where there is none. */
export function readUtcOffset(text: string): number | null {
  const [, sign, hours, minutes = "00"] =
    /\d\s*([+-])(\d\d):?(\d\d)?\s*$/.exec(/[T ]\d\d:/i.test(text.trim()) ? text : "") ?? [];
  if (!sign) return null;
  const offset = Number(hours) * 60 + Number(minutes);
  return offset === 0 || offset > 14 * 60 ? null : sign === "-" ? -offset : offset;
}

export const uuid = z.uuid("Must be a UUID.").toLowerCase();
export const optionalUuid = optionalOrBlankSchema(uuid, "Must be a UUID.");

export const count = z.int();

/** A choice in the wire's words, and what each of them is called here. */
export function choiceSchema<const Meaning>(meanings: Record<string, Meaning>, message?: string) {
  const words = Object.keys(meanings);
  return z.enum(words, message ?? `Must be one of ${words.join(", ")}.`).transform((word) => meanings[word] ?? z.NEVER);
}

/** A page number or size in a query: digits. */
export function wholeNumberSchema(least: number, most: number) {
  return z
    .string()
    .meta({ wire: { type: "integer", minimum: least, maximum: most } })
    .regex(/^-?\d{1,9}$/, "Must be a whole number.")
    .transform(Number)
    .refine((value) => value >= least, `Must be at least ${least}.`)
    .refine((value) => value <= most, `Must be at most ${most.toLocaleString("en")}.`);
}

export const booleanParam = z
  .enum(["true", "false"])
  .meta({ wire: { type: "boolean" } })
  .transform((value) => value === "true");

const FIRST_PAGE = 1;
/** Lists without a page size give this many; the original has no documented maximum, ours keeps an answer in bounds. */
export const DEFAULT_SIZE = 100;
const MOST_PAGES = 100_000_000;
const MOST_ON_A_PAGE = 1_000;

const page = wholeNumberSchema(1, MOST_PAGES).optional();
const size = wholeNumberSchema(1, MOST_ON_A_PAGE).optional();

/** Both spellings of a page's place are taken everywhere, because clients and servers of the original disagree (wire contract, 4.2). */
export const PAGE_PARAMS = { pageNumber: page, page_number: page, pageSize: size, page_size: size };

export function readPageRequest(query: {
  pageNumber?: number;
  page_number?: number;
  pageSize?: number;
  page_size?: number;
}) {
  return {
    page: query.pageNumber ?? query.page_number ?? FIRST_PAGE,
    size: query.pageSize ?? query.page_size ?? DEFAULT_SIZE,
  };
}

export const metadata = jsonObjectSchema;

/** What fact extraction is asked for; kept and given back as it was sent (wire contract, 2.1). */
const ratingInstruction = z.object({
  instruction: optionalTextSchema(10_000),
  examples: optionalSchema(
    z.object({ high: optionalTextSchema(10_000), medium: optionalTextSchema(10_000), low: optionalTextSchema(10_000) }),
  ),
});

export const factRatingInstruction = optionalSchema(ratingInstruction).transform((given) =>
  given && Object.values(given).some((value) => value !== undefined)
    ? metadata.parse(JSON.parse(JSON.stringify(given)))
    : undefined,
);

/** What tells a page of a list from the whole of it. */
export function presentCounts(total: number, onPage: unknown[]): { total_count: number; row_count: number } {
  return { total_count: total, row_count: onPage.length };
}

/** The same as lists of conversations call it. */
export function presentSessionCounts(
  total: number,
  onPage: unknown[],
): { total_count: number; response_count: number } {
  return { total_count: total, response_count: onPage.length };
}

export const successShape = z.object({ message: z.string() });
export const SUCCESS = { message: "OK" };

export function formatTime(date: Date): string {
  return date.toISOString();
}

export function formatTimeOrNone(date: Date | null): string | undefined {
  return date?.toISOString();
}

/** JSON from the database as the wire's map. */
export function toMap(value: unknown): z.infer<typeof metadata> {
  return metadata.catch({}).parse(value);
}

export function toMapOrNone(value: unknown): z.infer<typeof metadata> | undefined {
  return value === null ? undefined : toMap(value);
}
