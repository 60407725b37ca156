export const SESSION_SORTS = ["sessionId", "messages", "activity", "created", "updated", "user"] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];
