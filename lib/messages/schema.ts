import { z } from "zod";
import { ROLE_TYPES, type RoleType } from "#lib/messages/terms.ts";
import type { Metadata } from "#lib/validation.ts";

export const roleTypeSchema = z.enum(ROLE_TYPES);

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
  /** Minutes east of UTC where it was said; absent where nobody said so. */
  utcOffset?: number | null;
}

export const windowSchema = z.object({ window: z.coerce.number().int().min(0).max(1_000_000) });

export const revealSchema = z.object({ message: z.uuid() });

export const searchSchema = z.object({ text: z.string().trim().min(1).max(200) });
