import type { Metadata } from "#lib/validation.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** Prisma's input type knows no null inside JSON's unions; the value itself is the same. */
export function toJsonInput(metadata: Metadata): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(metadata));
}

export function toOptionalJsonInput(value: Metadata | undefined): Prisma.InputJsonObject | undefined {
  return value && toJsonInput(value);
}
