import { inProject } from "#lib/db/scope.ts";
import { all, any, metadataContainsOne, within } from "#lib/db/sql.ts";
import { parseMetadataFilter } from "#lib/metadata-filter.ts";
import type { UserFilter, UserSort } from "#lib/users/schema.ts";
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
export function userCondition(projectUuid: string, filter: UserFilter): Prisma.Sql {
  return all([
    inProject({ projectUuid }),
    filter.search ? searchCondition(filter.search) : null,
    filter.metadata ? metadataContainsOne(Prisma.sql`metadata`, parseMetadataFilter(filter.metadata)) : null,
    within(Prisma.sql`created_at`, filter.createdFrom, filter.createdTo),
    within(USER_SORT_KEY.activity, filter.activeFrom, filter.activeTo),
    filter.hasSessions === null
      ? null
      : filter.hasSessions
        ? Prisma.sql`session_count > 0`
        : Prisma.sql`session_count = 0`,
    filter.hasEmail === null ? null : filter.hasEmail ? Prisma.sql`email IS NOT NULL` : Prisma.sql`email IS NULL`,
  ]);
}

export function isUnfiltered(filter: UserFilter): boolean {
  return Object.values(filter).every((value) => value === null || value === "");
}

/** Below this many letters a trigram index has nothing to hold on to, so the word counts only where a field begins with it. */
const SHORTEST_SUBSTRING = 3;

const SEARCHED = Prisma.sql`lethe_user_text(user_id, email, first_name, last_name)`;

function searchCondition(search: string): Prisma.Sql {
  const words = search.normalize("NFKC").replaceAll("\0", "").trim().split(/\s+/).filter(Boolean);
  return all(words.map(([...letters]) => (letters.length < SHORTEST_SUBSTRING ? begins(letters) : occurs(letters))));
}

function occurs(letters: string[]): Prisma.Sql {
  return Prisma.sql`${SEARCHED} LIKE lethe_occurs(${letters.join("")})`;
}

/** A prefix as a range of the C-collated keys: from the word up to the word followed by the greatest character. */
function begins(letters: string[]): Prisma.Sql {
  const word = letters.join("");
  const last = Prisma.sql`(lethe_key(last_name) COLLATE "C")`;
  const keys = [USER_SORT_KEY.userId, USER_SORT_KEY.email, USER_SORT_KEY.name, last];
  return any(
    keys.map((key) => Prisma.sql`(${key} >= lethe_key(${word}) AND ${key} < lethe_key(${word}) || ${"\u{10FFFF}"})`),
  );
}
