import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { readRows, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { getNode } from "#lib/graph/queries.ts";
import type { EpisodeRow, FactRecord } from "#lib/graph/schema.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchAllScopes, searchGraph } from "#lib/graph/search/queries.ts";
import { composeContext, countTokens } from "#lib/memory/context.ts";
import { type ContextLimits, DEFAULT_CONTEXT, type RecallQuestion, type ScoreShares } from "#lib/memory/schema.ts";
import { shareOutFacts, shareOutTurns } from "#lib/memory/shares.ts";
import { listLastMessages, type MessageHit, searchMessages } from "#lib/messages/queries.ts";
import type { MessageState } from "#lib/messages/record.ts";
import { SAID } from "#lib/relations.ts";
import { maskSecrets } from "#lib/secrets.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import type { SessionRecord } from "#lib/sessions/record.ts";
import { getUser, getUserRecord } from "#lib/users/queries.ts";
import type { Metadata } from "#lib/validation.ts";

export interface Memory {
  session: SessionRecord;
  messages: MessageState[];
  /** What bears on the last messages, best first. */
  facts: FactRecord[];
  /** The same as a block for a prompt, with the person and what else bears on it. */
  context: string;
}

/** What is asked with: the last few messages together (wire contract, 4.3). */
const ASKED_WITH = 4;
const MOST_ASKED = 8_000;

interface Recall {
  /** How many of the last messages are given back. */
  last: number;
  minRating: number | null;
  limits: ContextLimits;
}

/** What there is to remember at this point of a conversation. @throws AppError `not_found`. */
export async function recallMemory(
  actor: Actor,
  sessionId: string,
  { last = ASKED_WITH, minRating = null, limits = DEFAULT_CONTEXT }: Partial<Recall> = {},
): Promise<Memory> {
  authorize(actor, "transcripts:read");
  const session = await getSessionRecord(actor, sessionId);
  const recent = await listLastMessages(actor, session, Math.max(last, ASKED_WITH));
  const asked = recent.slice(-ASKED_WITH);
  const query = asked
    .map(({ content }) => content)
    .join("\n")
    .slice(-MOST_ASKED);
  const search = {
    ...DEFAULT_SEARCH,
    query,
    askedAt: asked.at(-1)?.createdAt ?? null,
    minRating,
    withoutRelations: [SAID],
    limit: Math.max(DEFAULT_SEARCH.limit, limits.facts, limits.turns + ASKED_WITH),
  };
  const [{ edges, nodes, episodes }, person] = await Promise.all([
    searchAllScopes(actor, session.user, search),
    getNode(actor, session.userUuid),
  ]);
  const present = new Set(asked.map(({ uuid }) => uuid));
  const context = composeContext(
    {
      facts: edges,
      turns: episodes.filter(({ uuid }) => !present.has(uuid)),
      entities: [person, ...nodes.filter((node) => node.uuid !== person.uuid)],
    },
    limits,
  );
  return { session, messages: recent.slice(-last), facts: edges.slice(0, DEFAULT_SEARCH.limit), context };
}

export interface RecalledTurn {
  uuid: string;
  speaker: string;
  words: string;
  at: Date;
  sessionUuid: string | null;
  shares: ScoreShares;
}

export interface RecalledFact {
  uuid: string;
  fact: string;
  validAt: Date | null;
  invalidAt: Date | null;
  shares: ScoreShares;
}

/** What an application would be given for a question, and how it came to be that. */
export interface RecallView {
  /** Best first, and some beyond what the block may hold. */
  facts: RecalledFact[];
  turns: RecalledTurn[];
  context: string;
  tokens: number;
}

/** As many beyond those of the block as show what just missed. */
const MISSED = 5;

/**
 * What a question finds of a person as an application would ask it, in a conversation that has just begun.
 * @throws AppError `not_found`.
 */
export async function explainRecall(actor: Actor, { user, question, limits }: RecallQuestion): Promise<RecallView> {
  authorize(actor, "transcripts:read");
  await viewPeople(db(), actor, { users: [user] }, "recall");
  const [person, { userId }] = await Promise.all([getNode(actor, user), getUser(actor, user)]);
  const limit = Math.max(limits.facts, limits.turns) + MISSED;
  const search = { ...DEFAULT_SEARCH, query: question, withoutRelations: [SAID], limit };
  const { edges, nodes, episodes, answers, similar } = await searchAllScopes(actor, { userId }, search);
  const entities = [person, ...nodes.filter(({ uuid }) => uuid !== person.uuid)];
  const context = composeContext({ facts: edges, turns: episodes, entities }, limits);
  const turnShares = shareOutTurns(answers, similar.turns);
  const factShares = shareOutFacts(answers, similar.facts);
  const sessions = await findSessionsOf(actor, episodes);
  return {
    facts: edges.slice(0, limits.facts + MISSED).map(({ uuid, fact, validAt, invalidAt }) => ({
      ...{ uuid, fact: maskSecrets(fact), validAt, invalidAt },
      shares: factShares(uuid),
    })),
    turns: episodes.slice(0, limits.turns + MISSED).map(({ uuid, role, roleType, content, createdAt }) => ({
      ...{ uuid, speaker: role ?? roleType ?? "", words: content, at: createdAt },
      sessionUuid: sessions.get(uuid) ?? null,
      shares: turnShares(uuid),
    })),
    context,
    tokens: countTokens(context),
  };
}

/** The conversations of episodes that belong to one. */
async function findSessionsOf(actor: Actor, episodes: readonly EpisodeRow[]): Promise<Map<string, string>> {
  const found = await readRows({ uuid: TEXT, session: TEXT })`
    SELECT uuid, session_uuid AS session FROM episodes
    WHERE ${inProject(actor)} AND session_uuid IS NOT NULL AND uuid = ANY(${episodes.map(({ uuid }) => uuid)}::uuid[])`;
  return new Map(found.map(({ uuid, session }) => [uuid, session]));
}

interface SessionsSearch {
  text: string;
  userId: string | undefined;
  sessionIds: string[] | undefined;
  scope: "messages" | "summary" | "facts";
  /** What a message's metadata must contain. */
  metadata?: Metadata;
  limit: number;
  minScore: number;
  minRating: number | null;
}

/**
 * Facts of a person, or messages of a person or of some conversations, that a text's words occur in, best first. Facts of
 * conversations are those of the people who held them. Conversations have no summaries to search.
 * @throws AppError `not_found`.
 */
export async function searchSessions(
  actor: Actor,
  search: SessionsSearch,
): Promise<{ facts: FactRecord[]; messages: MessageHit[] }> {
  authorize(actor, "transcripts:read");
  const sessions = await Promise.all((search.sessionIds ?? []).map((id) => getSessionRecord(actor, id)));
  if (search.scope === "summary") return { facts: [], messages: [] };
  if (search.scope === "messages") {
    const where = {
      userUuid: search.userId === undefined ? undefined : (await getUserRecord(actor, search.userId)).uuid,
      sessionUuids: search.sessionIds && sessions.map(({ uuid }) => uuid),
      metadata: search.metadata,
    };
    const hits = await searchMessages(actor, where, search.text, search.limit);
    return { facts: [], messages: hits.filter(({ score }) => score >= search.minScore) };
  }
  const people = search.userId ? [search.userId] : [...new Set(sessions.map(({ user }) => user.userId))];
  const asked = { ...DEFAULT_SEARCH, query: search.text, withoutRelations: [SAID], ...pickSearchLimits(search) };
  const found = await Promise.all(people.map((userId) => searchGraph(actor, { userId }, asked)));
  const facts = found.flatMap(({ edges }) => edges).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return { facts: facts.slice(0, search.limit), messages: [] };
}

function pickSearchLimits({ limit, minScore, minRating }: SessionsSearch) {
  return { limit, minScore, minRating };
}
