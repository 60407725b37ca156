import { AppError } from "#lib/errors.ts";

/** @throws AppError `invalid` for a fact that would end before it begins. */
export function refuseBackwardsInterval(validAt: Date | null, invalidAt: Date | null): void {
  if (validAt && invalidAt && invalidAt < validAt)
    throw new AppError("invalid", "A fact cannot end before it begins.", {
      invalidAt: "Must not be before the fact begins.",
    });
}

/** What was just written, as it is now. @throws AppError `not_found` when someone has removed it since. */
export function getWrittenRow<Row>([row]: Row[]): Row {
  if (!row) throw new AppError("not_found", "Someone has removed this meanwhile.");
  return row;
}
