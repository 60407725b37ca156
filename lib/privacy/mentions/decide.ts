import { hashIdentifier, listSuppressionKeys, type SuppressionKey } from "#lib/keys/hashes.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";
import { findMentions } from "#lib/privacy/mentions/find.ts";
import type { DecidedMention, MentionDecision } from "#lib/privacy/mentions/terms.ts";

/**
 * Decides by one rule of every mention of a person that there is now. It looks through what others said, so it is asked before
 * the erasure and not in it. @returns null where the rule is to leave them all unreviewed.
 */
export async function decideByRule(
  project: { projectUuid: string },
  person: string,
  rule: MentionDecision = "keep",
): Promise<DecidedMention[] | null> {
  if (rule === "keep") return null;
  const mentions = await findMentions(project, person);
  return mentions?.map((mention) => ({ ...mention, decision: rule, ground: "" })) ?? null;
}

/** Decides as the journal says it was decided before the backup was restored; what was kept then is kept. */
export async function decideAsWritten(
  project: { projectUuid: string },
  person: string,
  { mentions, keyId }: Pick<JournalEntry, "mentions" | "keyId">,
): Promise<DecidedMention[] | null> {
  const key = listSuppressionKeys().find(({ id }) => id === keyId);
  if (!mentions || mentions.length === 0 || !key) return null;
  const written = new Map(mentions);
  const found = await findMentions(project, person);
  return (found ?? []).flatMap((mention) => {
    const decision = written.get(hashMention(key, project.projectUuid, mention));
    return decision ? [{ ...mention, decision, ground: "" }] : [];
  });
}

/** Names a row that is somebody else's so that only the same row gives the same name. */
export function hashMention(key: SuppressionKey, projectUuid: string, { uuid }: { uuid: string }): string {
  return hashIdentifier(key, projectUuid, { kind: "message", value: uuid }).toString("base64url");
}
