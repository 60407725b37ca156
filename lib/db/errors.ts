import { AppError, type FieldErrors } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Runs a write that may violate a unique key; only the database knows for certain.
 * @param repeat for a creation with its own uuid: finds the row that holds the key. That row is the answer if an earlier try
 * of the same call made it.
 * @throws AppError with `refusal` instead of the database's error, so that the message appears at the field.
 */
export async function refuseTakenKey<T>(
  write: Promise<T>,
  refusal: FieldErrors,
  repeat?: { uuid: string | undefined; find: () => Promise<(T & { uuid: string }) | null> },
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isTakenKeyError(error)) throw error;
    const there = repeat?.uuid ? await repeat.find() : null;
    if (there && there.uuid === repeat?.uuid) return there;
    throw new AppError("taken", "Some fields need attention.", refusal);
  }
}

/** Prisma's own word for a key that is taken, and PostgreSQL's where the statement was written by hand. */
export function isTakenKeyError(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || (error.code === "P2010" && /\b23505\b/.test(error.message));
}
