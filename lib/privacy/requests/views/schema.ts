import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

/** What a view of the queue can hold: choices and days, and nothing that anybody typed of a person. */
const VIEW_FIELDS = ["state", "type", "law", "due", "whose", "from", "to", "sort", "dir"] as const;

export const viewQuerySchema = z.partialRecord(z.enum(VIEW_FIELDS), z.string().regex(/^[\w-]{1,40}$/));
export type ViewQuery = z.infer<typeof viewQuerySchema>;

/** The part of a URL's query that a view keeps: not the page that one is on. */
export function readViewQuery(search: URLSearchParams): ViewQuery {
  const given = VIEW_FIELDS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : []));
  const read = viewQuerySchema.safeParse(Object.fromEntries(given));
  return read.success ? read.data : {};
}

/** Two views that show the same are written the same. */
export function writeViewQuery(query: ViewQuery): string {
  return new URLSearchParams(
    VIEW_FIELDS.flatMap((name): [string, string][] => (query[name] ? [[name, query[name]]] : [])),
  ).toString();
}

export const saveViewSchema = z.object({
  name: textSchema(60).trim().min(1, "A view needs a name."),
  query: viewQuerySchema.refine((query) => Object.keys(query).length > 0, "Filter or sort the queue first."),
});
export type SaveView = z.infer<typeof saveViewSchema>;

export const dropViewSchema = z.object({ view: z.uuid() });
