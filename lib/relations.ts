/**
 * Relations of which one holds at a time: what somebody says now ends what was so before. Of a home, a job or an age there
 * may be several in a life, and of a name several in a day, but a new one is told as the one that counts.
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
export function isSingle(name: string): boolean {
  return SINGLE.has(name);
}

/** Whether a stored fact or claim stands in the slot of a single-valued relation: such a slot names no target. */
export function isOfSingle({ slot, sourceUuid, name }: { slot: string; sourceUuid: string; name: string }): boolean {
  return slot === `${sourceUuid} ${name.replace(/^NOT_/, "")}`;
}
