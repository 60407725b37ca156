/** Who speaks, in the wire contract's terms (2.7). */
export const ROLE_TYPES = ["norole", "system", "assistant", "user", "function", "tool"] as const;
export type RoleType = (typeof ROLE_TYPES)[number];

/** How many messages one read of a transcript returns. */
export const WINDOW_SIZE = 100;

/** The most hits a search within a session reports. */
export const MOST_HITS = 500;

/** Where in its transcript a message is shown, highlighted; null for what was in no message. */
export function buildMessagePath({ sessionUuid, messageUuid }: MessagePlace): string | null {
  return sessionUuid && messageUuid ? `/sessions/${sessionUuid}?message=${messageUuid}` : null;
}

interface MessagePlace {
  sessionUuid: string | null;
  messageUuid: string | null;
}
