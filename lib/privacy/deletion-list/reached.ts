import { hashForState, hashListed } from "#lib/privacy/deletion-list/hash.ts";
import { type DeletionList, EMAIL_FIELDS, MATCHED_LISTS, PHONE_FIELDS } from "#lib/privacy/deletion-list/terms.ts";
import type { Metadata } from "#lib/validation.ts";

/** What of a user can be compared with a list. */
export interface Reached {
  userId: string;
  email: string | null;
  metadata: Metadata | null;
}

/** By what a user is reached, for each list: their record, an id that is an address, and fields of their metadata, however deep. */
function listValues({ userId, email, metadata }: Reached): Record<DeletionList, string[]> {
  const values: Record<DeletionList, string[]> = { Email: email === null ? [] : [email], Phone: [] };
  if (userId.includes("@")) values.Email.push(userId);
  collectFields(metadata, values);
  return values;
}

function collectFields(value: unknown, values: Record<DeletionList, string[]>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = name.toLowerCase().replace(/[^a-z]/g, "");
    if (EMAIL_FIELDS.has(field)) values.Email.push(...listTexts(inner));
    if (PHONE_FIELDS.has(field)) values.Phone.push(...listTexts(inner));
    collectFields(inner, values);
  }
}

/** A text, a number, or a list of either. */
function listTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listTexts);
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? [String(value)] : [];
}

/** What is kept of the rows that would be this user, in base64. */
export function listReachedHashes(project: { projectUuid: string }, reached: Reached): Set<string> {
  const values = listValues(reached);
  return new Set(
    MATCHED_LISTS.flatMap((list) =>
      values[list].flatMap((value) => {
        const hash = hashForState(list, value);
        return hash === null ? [] : [hashListed(project, list, hash).toString("base64")];
      }),
    ),
  );
}
