import { z } from "zod";
import type { Direction, PageRequest } from "#lib/pagination.ts";
import type { UserSort } from "#lib/users/terms.ts";
import { externalIdSchema, type Metadata, metadataTextSchema, nullableTextSchema } from "#lib/validation.ts";

/** The application's own id for a person. */
export const userIdSchema = externalIdSchema;

const email = nullableTextSchema(320).refine(
  (value) => value === null || z.email().safeParse(value).success || /^[^\s@]+@[^\s@]+$/.test(value),
  "Must look like an e-mail address, or be empty.",
);

const recordFields = {
  email,
  firstName: nullableTextSchema(200),
  lastName: nullableTextSchema(200),
  metadata: metadataTextSchema,
};

/** By hand nobody means an id of nothing but spaces; an application may. */
const typedUserId = userIdSchema.refine((id) => id === "" || id.trim() !== "", "Must not be only spaces.");

export const createUserSchema = z.object({ userId: typedUserId, ...recordFields });
type CreateUser = z.infer<typeof createUserSchema>;

/** What an application may settle about a person beside the record's fields. */
interface UserSettings {
  factRatingInstruction: Metadata;
  timeZone: string;
  disableDefaultOntology: boolean;
}

/** A person as an application adds them; the uuid is the one that a repeat of the call would give as well. */
export type NewUser = CreateUser & Partial<UserSettings> & { uuid?: string };

/** A partial change: what is absent stays as it is, metadata is merged. */
export type UserPatch = Partial<
  UserSettings & { email: string; firstName: string; lastName: string; metadata: Metadata }
>;

/** An edit names the version it was made from; a later one in the database makes it a conflict. */
export const updateUserSchema = z.object({ uuid: z.uuid(), version: z.number().int(), ...recordFields });
export type UpdateUser = z.infer<typeof updateUserSchema>;

/** The most people one may select, and the most that one call works on. */
const MOST_SELECTED = 500;
export const MOST_IN_BATCH = 50;

export const userSelectionSchema = z.object({
  uuids: z.array(z.uuid()).min(1).max(MOST_SELECTED, `Select at most ${MOST_SELECTED} users at once.`),
});
export const userBatchSchema = z.array(z.uuid()).min(1).max(MOST_IN_BATCH);
export interface UserFilter {
  /** Words that must all occur in id, e-mail address or name; those under three letters only where one begins. */
  search: string | null;
  /** `key=value` against the metadata, or a JSON object it must contain. */
  metadata: string | null;
  createdFrom: Date | null;
  createdTo: Date | null;
  activeFrom: Date | null;
  activeTo: Date | null;
  hasSessions: boolean | null;
  hasEmail: boolean | null;
}

export interface UserList extends PageRequest {
  sort: UserSort;
  direction: Direction;
  filter: UserFilter;
}

export const NO_USER_FILTER: UserFilter = {
  search: null,
  metadata: null,
  createdFrom: null,
  createdTo: null,
  activeFrom: null,
  activeTo: null,
  hasSessions: null,
  hasEmail: null,
};
