import { inProject } from "#lib/db/scope.ts";
import { combineWithAnd, combineWithOr, matchMetadata, restrictToPeriod } from "#lib/db/sql.ts";
import { parseMetadataFilter } from "#lib/metadata-filter.ts";
import type { UserFilter } from "#lib/users/schema.ts";
import type { UserSort } from "#lib/users/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Each is the leading expression of an index (project, expression, uuid), written exactly as the migration has it. */
export const USER_SORT_KEY: Record<UserSort, Prisma.Sql> = {
  name: Prisma.sql`(lethe_key(lethe_display_name(user_id, email, first_name, last_name)) COLLATE "C")`,
  email: Prisma.sql`(lethe_key(email) COLLATE "C")`,
  userId: Prisma.sql`(lethe_key(user_id) COLLATE "C")`,
  sessions: Prisma.sql`session_count`,
  activity: Prisma.sql`(coalesce(last_activity_at, 'epoch'::timestamptz))`,
  created: Prisma.sql`created_at`,
  updated: Prisma.sql`updated_at`,
};

/** The condition that a filter stands for, on `users`. @throws AppError `invalid` for an unreadable metadata filter. */
export function buildUserCondition(projectUuid: string, filter: UserFilter): Prisma.Sql {
  return combineWithAnd([
    inProject({ projectUuid }),
    filter.search ? buildSearchCondition(filter.search) : null,
    filter.metadata ? matchMetadata(Prisma.sql`metadata`, parseMetadataFilter(filter.metadata)) : null,
    restrictToPeriod(Prisma.sql`created_at`, filter.createdFrom, filter.createdTo),
    restrictToPeriod(USER_SORT_KEY.activity, filter.activeFrom, filter.activeTo),
    filter.hasSessions === null
      ? null
      : filter.hasSessions
        ? Prisma.sql`session_count > 0`
        : Prisma.sql`session_count = 0`,
    filter.hasEmail === null ? null : filter.hasEmail ? Prisma.sql`email IS NOT NULL` : Prisma.sql`email IS NULL`,
  ]);
}

export function isEmptyFilter(filter: UserFilter): boolean {
  return Object.values(filter).every((value) => value === null || value === "");
}

/** A trigram index needs this many letters. A shorter word counts only at the beginning of a field. */
const SHORTEST_SUBSTRING = 3;

const SEARCHED = Prisma.sql`lethe_user_text(user_id, email, first_name, last_name)`;

function buildSearchCondition(search: string): Prisma.Sql {
  const words = search.normalize("NFKC").replaceAll("\0", "").trim().split(/\s+/).filter(Boolean);
  return combineWithAnd(
    words.map(([...letters]) => (letters.length < SHORTEST_SUBSTRING ? matchPrefix(letters) : matchSubstring(letters))),
  );
}

function matchSubstring(letters: string[]): Prisma.Sql {
  return Prisma.sql`${SEARCHED} LIKE lethe_occurs(${letters.join("")})`;
}

/** A prefix as a range of the C-collated keys: from the word up to the word followed by the greatest character. */
function matchPrefix(letters: string[]): Prisma.Sql {
  const word = letters.join("");
  const last = Prisma.sql`(lethe_key(last_name) COLLATE "C")`;
  const keys = [USER_SORT_KEY.userId, USER_SORT_KEY.email, USER_SORT_KEY.name, last];
  return combineWithOr(
    keys.map((key) => Prisma.sql`(${key} >= lethe_key(${word}) AND ${key} < lethe_key(${word}) || ${"\u{10FFFF}"})`),
  );
}
