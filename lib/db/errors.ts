import { Prisma } from "#prisma/client/client.ts";

/** Whether the database refused a row because its key is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
