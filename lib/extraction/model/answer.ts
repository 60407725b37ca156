import { jsonrepair } from "jsonrepair";
import { z } from "zod";

/**
 * What the model answers. Nothing is optional, only nullable, and numbers have no bounds: strict servers take no other
 * schema. What the numbers and names mean is checked where they are used.
 */
export const answerSchema = z.object({
  entities: z.array(z.object({ name: z.string(), kind: z.string().nullable() })),
  facts: z.array(
    z.object({
      source: z.string(),
      target: z.string().nullable(),
      relation: z.string(),
      fact: z.string(),
      valid_at: z.string().nullable(),
      invalid_at: z.string().nullable(),
      contradicts: z.array(z.number()),
    }),
  ),
  ended: z.array(z.object({ id: z.number(), at: z.string().nullable() })),
  repeated: z.array(z.number()),
});

export type Answer = z.infer<typeof answerSchema>;

/** What a text turned out to say; `mended` when it was no clean JSON. The reason names places and types, no values. */
export type ModelJson<T> = { ok: true; value: T; mended: boolean } | { ok: false; reason: string };

/**
 * Reads JSON of this shape out of what a model wrote, through thoughts, code fences, chatter around it and broken syntax.
 * Never throws.
 */
export function parseModelJson<T>(text: string, schema: z.ZodType<T>): ModelJson<T> {
  const clean = parseJson(text);
  const first = schema.safeParse(clean);
  if (first.success) return { ok: true, value: first.data, mended: false };
  const second = schema.safeParse(clean ?? parseBrokenJson(text));
  if (second.success) return { ok: true, value: second.data, mended: true };
  return { ok: false, reason: z.prettifyError(second.error).slice(0, LONGEST_REASON) };
}

const LONGEST_REASON = 1_000;

/** JSON's value, or undefined, which JSON cannot say. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseBrokenJson(text: string): unknown {
  try {
    const found = extractObject(text);
    // What is whole must not be repaired: a brace or a quote inside a text can mislead the repair.
    return parseJson(found) ?? parseJson(jsonrepair(found));
  } catch {
    return undefined;
  }
}

/** From the first brace to the last, or to the end where the answer was cut off. */
function extractObject(text: string): string {
  const spoken = text.replace(/<think>[\s\S]*?(<\/think>|$)/g, "");
  const fenced = /```(?:json)?\s*(\{[\s\S]*?)(?:```|$)/i.exec(spoken)?.[1] ?? spoken;
  const start = Math.max(0, fenced.indexOf("{"));
  const end = fenced.lastIndexOf("}");
  const whole = fenced.slice(start, end + 1);
  if (parseJson(whole) !== undefined) return whole;
  const cutOff = (fenced.match(/\{/g)?.length ?? 0) > (fenced.match(/\}/g)?.length ?? 0);
  return end > start && !cutOff ? whole : fenced.slice(start);
}
