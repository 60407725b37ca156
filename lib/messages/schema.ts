import { z } from "zod";
import type { Metadata } from "#lib/validation.ts";

/** Who speaks, in the wire contract's terms (2.7). */
export const ROLE_TYPES = ["norole", "system", "assistant", "user", "function", "tool"] as const;
export const roleTypeSchema = z.enum(ROLE_TYPES);
export type RoleType = z.infer<typeof roleTypeSchema>;

/** Messages longer than this are refused (the limit of the original's paid plans). */
export const MAX_MESSAGE_LENGTH = 100_000;

/** A message on its way in, whoever sends it. */
export interface NewMessage {
  uuid?: string;
  role: string | null;
  roleType: RoleType;
  content: string;
  metadata: Metadata;
  tokenCount: number | null;
  createdAt: Date;
}

/** How many messages one read of a transcript returns. */
export const WINDOW_SIZE = 100;

export const windowSchema = z.object({ window: z.coerce.number().int().min(0).max(1_000_000) });

export const searchSchema = z.object({ text: z.string().trim().min(1).max(200) });

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
