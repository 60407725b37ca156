import type { Metadata } from "#lib/validation.ts";

/** A graph without a person, as an application begins it. */
export interface NewGroup {
  uuid?: string;
  groupId: string;
  name: string | null;
  description: string | null;
  factRatingInstruction?: Metadata;
  timeZone?: string;
}

/** A partial change: what is absent stays as it is. */
export type GroupPatch = Partial<{
  name: string;
  description: string;
  factRatingInstruction: Metadata;
  timeZone: string;
}>;

export interface GroupList {
  page: number;
  size: number;
  search: string | null;
}
