/** What is done with somebody else's words in which a person stands who is erased. */
export const MENTION_DECISIONS = ["keep", "redact", "delete"] as const;
export type MentionDecision = (typeof MENTION_DECISIONS)[number];

/** Where somebody is mentioned: in what others said or gave. What was drawn from it follows by itself. */
export const MENTION_PLACES = ["message", "data", "stated", "user", "session", "node"] as const;
export type MentionPlace = (typeof MENTION_PLACES)[number];

/** Somebody else's row in which a person stands. */
export interface Mention {
  place: MentionPlace;
  uuid: string;
  /** Whose row it is: a person's uuid, or a group's graph. */
  owner: string;
}

/** Tells a mention from every other: the uuid of a row, and which kind of row it is. */
export function nameMention({ place, uuid }: Pick<Mention, "place" | "uuid">): string {
  return `${place} ${uuid}`;
}

/** A mention, and what is to be done with it; `ground` says why it stays, where it does. */
export interface DecidedMention extends Mention {
  decision: MentionDecision;
  ground: string;
}

/** What was decided of mentions and done. */
export interface MentionCounts {
  redacted: number;
  deleted: number;
  kept: { ground: string; count: number }[];
}

export const NO_MENTIONS: MentionCounts = { redacted: 0, deleted: 0, kept: [] };
