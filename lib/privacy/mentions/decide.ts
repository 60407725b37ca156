import { db } from "#lib/db/client.ts";
import type { DecidedMention } from "#lib/privacy/mentions/apply.ts";
import { findMentions } from "#lib/privacy/mentions/find.ts";
import type { MentionDecision } from "#lib/privacy/mentions/terms.ts";
import { nameSought } from "#lib/privacy/scan/needles.ts";
import { listSubjects } from "#lib/privacy/subject.ts";

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
  const [subject] = await listSubjects(db(), project, [person]);
  if (!subject) return null;
  const mentions = await findMentions(project, nameSought(subject));
  return mentions.map((mention) => ({ ...mention, decision: rule, ground: "" }));
}
