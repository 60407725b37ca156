import { AppError, type FieldErrors } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Runs a write that may meet a key someone else has just taken; the database is the one who knows for certain.
 * @param repeat for a creation that names its own uuid: what holds the key, which is the answer where an earlier try of
 * this very call has made it. @throws the refusal instead of the database's error, so that the person is told at the field.
 */
export async function unlessTaken<T>(
  write: Promise<T>,
  refusal: FieldErrors,
  repeat?: { uuid: string | undefined; find: () => Promise<(T & { uuid: string }) | null> },
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isTaken(error)) throw error;
    const there = repeat?.uuid ? await repeat.find() : null;
    if (there && there.uuid === repeat?.uuid) return there;
    throw new AppError("invalid", "Some fields need attention.", refusal);
  }
}

/** Prisma's own word for a key that is taken, and PostgreSQL's where the statement was written by hand. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || (error.code === "P2010" && /\b23505\b/.test(error.message));
}
