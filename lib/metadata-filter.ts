import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { parseJson } from "#lib/json.ts";
import { type Metadata, metadataSchema } from "#lib/validation.ts";

/**
 * Reads a metadata filter: `plan=gold`, `seats=3`, `address.city=Paris`, or a JSON object. What follows `=` is read as JSON
 * where it is JSON (a number, true, null) and as text otherwise.
 * @returns the objects of which the metadata must contain one (`seats=3` may be stored as a number or as text).
 * @throws AppError `invalid` when the filter is neither form.
 */
export function parseMetadataFilter(source: string): Metadata[] {
  const trimmed = source.trim();
  if (trimmed.startsWith("{")) {
    const parsed = metadataSchema.safeParse(parseJsonOrNothing(trimmed));
    if (parsed.success) return [parsed.data];
  }
  const [, path, value] = /^([^={}]+?)\s*[=:]\s*(.*)$/s.exec(trimmed) ?? [];
  if (!path || value === undefined) {
    throw new AppError("invalid", 'A metadata filter looks like plan=gold or {"plan": "gold"}.', { metadata: source });
  }
  const readings = [nestValue(path, value)];
  const json = parseJsonOrNothing(value);
  if (json !== undefined && typeof json !== "string") readings.push(nestValue(path, json));
  const parsed = z.array(metadataSchema).safeParse(readings);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "This metadata filter holds something that cannot be stored.", { metadata: source });
}

function nestValue(path: string, value: unknown): Record<string, unknown> {
  return path
    .split(".")
    .reverse()
    .reduce<Record<string, unknown>>((inner, key, index) => ({ [key.trim()]: index === 0 ? value : inner }), {});
}

function parseJsonOrNothing(source: string): unknown {
  try {
    return parseJson(source);
  } catch {
    return undefined;
  }
}
