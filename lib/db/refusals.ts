import { AppError } from "#lib/errors.ts";

/** What the database itself refuses, by the codes that its functions and triggers raise. */
const REFUSALS: Record<string, AppError> = {
  LT001: new AppError(
    "unavailable",
    "The suppression key of this instance is missing (LETHE_SUPPRESSION_KEY), so nobody could be kept out. Nothing was stored.",
  ),
  LT003: new AppError("held", "A legal hold keeps this from being deleted. Nothing was changed."),
  LT004: new AppError(
    "restricted",
    "This person is restricted: what is known of them is kept and nothing is added, until their request is settled. Nothing was changed.",
  ),
  LT005: new AppError("conflict", "The policy asks for somebody else's approval here. Nothing was changed."),
  LT006: new AppError("conflict", "The plan has changed since you looked. Reload to see the new one."),
  LT002: new AppError(
    "unavailable",
    "This database was restored from a backup older than some erasures. Nothing is taken in until `npm run erasure:replay` has done them again.",
  ),
};

/** The refusal that an error of the database stands for; any other error as it is. */
export function toRefusal(error: unknown): unknown {
  const code = error instanceof Error ? /\bLT\d{3}\b/.exec(error.message)?.[0] : undefined;
  return (code && REFUSALS[code]) ?? error;
}
