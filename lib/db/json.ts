import type { Metadata } from "#lib/validation.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** Prisma's input type knows no null inside JSON's unions; the value itself is the same. */
export function jsonInput(metadata: Metadata): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(metadata));
}

export function optionalJson(value: Metadata | undefined): Prisma.InputJsonObject | undefined {
  return value && jsonInput(value);
}
