import { AppError, type FieldErrors } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Runs a write that may meet a key someone else has just taken; the database is the one who knows for certain.
 * @param repeated finds what an earlier try of this very call has written, where there was one.
 * @throws the refusal instead of the database's error, so that the person is told at the field.
 */
export async function unlessTaken<T>(
  write: Promise<T>,
  refusal: FieldErrors,
  repeated?: () => Promise<T | null>,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isTaken(error)) throw error;
    const made = await repeated?.();
    if (made) return made;
    throw new AppError("invalid", "Some fields need attention.", refusal);
  }
}

/** Prisma's own word for a key that is taken, and PostgreSQL's where the statement was written by hand. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || (error.code === "P2010" && /\b23505\b/.test(error.message));
}
