import type { Direction, PageRequest } from "#lib/pagination.ts";
import type { SessionSort } from "#lib/sessions/terms.ts";
import { externalIdSchema, type Metadata } from "#lib/validation.ts";

/** The application's own id of a conversation; the same rules as for user ids. */
export const sessionIdSchema = externalIdSchema;

export interface SessionFilter {
  /** Only this person's conversations. */
  user: string | null;
  /** Part of the session id. */
  search: string | null;
  /** `key=value` against the metadata, or a JSON object it must contain. */
  metadata: string | null;
  from: Date | null;
  to: Date | null;
}

export const NO_SESSION_FILTER: SessionFilter = { user: null, search: null, metadata: null, from: null, to: null };

export interface SessionList extends PageRequest {
  sort: SessionSort;
  direction: Direction;
  filter: SessionFilter;
}

/** A conversation as an application begins it; the uuid is the one that a repeat of the call would give as well. */
export interface NewSession {
  uuid?: string;
  sessionId: string;
  userId: string;
  metadata: Metadata;
  factRatingInstruction?: Metadata;
}

/** A partial change: what is absent stays as it is, metadata is merged. */
export type SessionPatch = Partial<Pick<NewSession, "metadata" | "factRatingInstruction">>;
