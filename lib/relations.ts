/**
 * Single-valued relations, of which one fact holds at a time: a new statement ends the older one. A person may have several
 * homes, jobs or ages in a life, but a new one replaces the one before.
 */
const SINGLE: ReadonlySet<string> = new Set([
  "LIVES_IN",
  "WORKS_AT",
  "WORKS_AS",
  "HAS_AGE",
  "HAS_EMAIL",
  "HAS_PHONE",
  "HAS_ADDRESS",
  "HAS_BIRTHDAY",
  "HAS_NAME",
  "HAS_SPOUSE",
  "HAS_PARTNER",
  "HAS_BOSS",
  "STUDIES_AT",
  "HAS_DIET",
  "HAS_RELATIONSHIP_STATUS",
]);

/** Whether a newer fact of this relation ends the older. */
export function isSingleValued(name: string): boolean {
  return SINGLE.has(name);
}

/** Whether a stored fact or claim stands in the slot of a single-valued relation: such a slot names no target. */
export function isInSingleValuedSlot({
  slot,
  sourceUuid,
  name,
}: {
  slot: string;
  sourceUuid: string;
  name: string;
}): boolean {
  return slot === `${sourceUuid} ${name.replace(/^NOT_/, "")}`;
}
