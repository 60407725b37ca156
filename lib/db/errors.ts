import { AppError, type FieldErrors } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Runs a write that may meet a key someone else has just taken; the database is the one who knows for certain.
 * @throws the refusal instead of the database's error, so that the person is told at the field.
 */
export async function unlessTaken<T>(write: Promise<T>, refusal: FieldErrors): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    throw new AppError("invalid", "Some fields need attention.", refusal);
  }
}
