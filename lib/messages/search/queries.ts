import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize, can } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, listOf, NUMBER, nullable, oneOf, type RowOf, readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { type ExcerptPart, listSearched, makeExcerpt } from "#lib/messages/search/excerpt.ts";
import { FOUND_PER_PAGE, type SaidQuestion } from "#lib/messages/search/schema.ts";
import { ROLE_TYPES, type RoleType } from "#lib/messages/terms.ts";
import { maskSecrets } from "#lib/secrets.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A message that was found among everybody's. */
export interface SaidMessage {
  messageUuid: string;
  sessionUuid: string;
  userUuid: string;
  /** Whose conversation it is. */
  person: string;
  role: string | null;
  roleType: RoleType;
  /** What stands around the words, secrets masked. */
  excerpt: ExcerptPart[];
  at: Date;
}

interface FoundSaid {
  messages: SaidMessage[];
  hasMore: boolean;
  hasAll: boolean;
}

const ROLES: Record<SaidQuestion["speaker"], readonly RoleType[]> = {
  all: ROLE_TYPES,
  people: ["user", "norole"],
  assistants: ["assistant"],
};

/**
 * Finds messages of all people that have all the words, the latest first: in any inflection, "in quotes" as a phrase, with
 * `or` between alternatives and `-` before what must not occur (PostgreSQL's `websearch_to_tsquery`). Where none has all of
 * several plain words, as of a whole question, those of late that have most of them, or are by whom it names, stand in their place.
 * @throws AppError `invalid` for words that occur in nearly every message.
 */
export async function findSaid(actor: Actor, question: SaidQuestion): Promise<FoundSaid> {
  authorize(actor, "transcripts:read");
  const found = await searchSaid(actor, question);
  const users = [...new Set(found.messages.map(({ userUuid }) => userUuid))].sort();
  if (users.length > 0) await viewPeople(db(), actor, { users }, "search");
  return found;
}

async function searchSaid(actor: Actor, { text, speaker, page }: SaidQuestion): Promise<FoundSaid> {
  const query = Prisma.sql`websearch_to_tsquery('pg_catalog.english', lethe_part_letters(lethe_fold(${text})))`;
  const [asked] = await readRows({ terms: NUMBER, any: TEXT, isPlain: BOOLEAN, words: listOf(TEXT) })`
    SELECT numnode(${query}) AS terms, replace(${query}::text, '&', '|') AS any, ${query}::text !~ '[|<!]' AS "isPlain",
      ARRAY(SELECT word FROM unnest(${listSearched(text)}::text[]) AS word WHERE lethe_terms(word) <> '') AS words`;
  if (!asked?.terms) {
    const reason = "These words are in nearly every message. Add one that tells more.";
    throw new AppError("invalid", reason, { text: reason });
  }
  // What is restricted is found by those alone who settle it.
  const isOpen = can(actor, "requests:work")
    ? Prisma.sql`TRUE`
    : Prisma.sql`NOT EXISTS (SELECT FROM restrictions x WHERE ${sameProject("x", "m")} AND x.user_uuid = m.user_uuid)`;
  const fits = Prisma.sql`${inProject(actor, "m")} AND m.role_type = ANY(${[...ROLES[speaker]]}::role_type[]) AND ${isOpen}`;
  const toFound = (rows: RowOf<typeof SAID_SHAPE>[]) =>
    rows
      .slice(0, FOUND_PER_PAGE)
      .map(({ content, ...row }) => ({ ...row, excerpt: makeExcerpt(maskSecrets(content), asked.words) }));
  const rows = await readRows(SAID_SHAPE)`
    SELECT ${SAID_COLUMNS} WHERE ${fits} AND lethe_terms(m.content) @@ ${query}
    ORDER BY m.created_at DESC, m.uuid LIMIT ${FOUND_PER_PAGE + 1} OFFSET ${(page - 1) * FOUND_PER_PAGE}`;
  if (rows.length > 0 || page > 1 || !asked.isPlain)
    return { messages: toFound(rows), hasMore: rows.length > FOUND_PER_PAGE, hasAll: true };
  const near = await readRows(SAID_SHAPE)`
    SELECT late.* FROM (
      SELECT ${SAID_COLUMNS} WHERE ${fits} AND lethe_terms(m.content) @@ ${asked.any}::tsquery
      ORDER BY m.created_at DESC, m.uuid LIMIT ${LATE}
    ) late
    ORDER BY (
      SELECT count(*) FROM unnest(${asked.words}::text[]) AS word
      WHERE tsvector_to_array(lethe_terms(late.content)) @> tsvector_to_array(lethe_terms(word))
        OR lethe_fold(late.person) LIKE lethe_occurs(word)
    ) DESC, late.at DESC, late."messageUuid" LIMIT ${FOUND_PER_PAGE}`;
  return { messages: toFound(near), hasMore: false, hasAll: near.length === 0 };
}

/** Of so many late messages that have some of the words those with most of them are shown. */
const LATE = 500;

const SAID_SHAPE = {
  messageUuid: TEXT,
  sessionUuid: TEXT,
  userUuid: TEXT,
  person: TEXT,
  role: nullable(TEXT),
  roleType: oneOf(ROLE_TYPES),
  content: TEXT,
  at: TIME,
};
const SAID_COLUMNS = Prisma.sql`m.uuid AS "messageUuid", m.session_uuid AS "sessionUuid", m.user_uuid AS "userUuid",
  lethe_display_name(u.user_id, u.email, u.first_name, u.last_name) AS person, m.role, m.role_type::text AS "roleType", m.content,
  m.created_at AS at FROM messages m JOIN users u ON ${sameProject("u", "m")} AND u.uuid = m.user_uuid`;
