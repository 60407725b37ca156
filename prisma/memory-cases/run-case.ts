import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, JSON_VALUE, nullable, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { DEFAULT_SEARCH, SEARCH_SCOPES } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { formatJson, parseJson } from "#lib/json.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { roleTypeSchema } from "#lib/messages/schema.ts";
import { SAID } from "#lib/relations.ts";
import { updateUserFields } from "#lib/users/mutations.ts";
import { readUtcOffset } from "#lib/zep/common.ts";
import { makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { processAll } from "#prisma/memory-factories.ts";

const factSchema = z.object({
  s: z.string(),
  r: z.string(),
  o: z.string(),
  from: z.string().optional(),
  until: z.string().optional(),
});
type ExpectedFact = z.infer<typeof factSchema>;

const facts = z.array(factSchema).default([]);
const turnSchema = z.union([
  z.string().transform((text) => ({ text, at: null, roleType: "user" as const })),
  z.object({ text: z.string(), at: z.string() }).transform((turn) => ({ ...turn, roleType: "user" as const })),
  z
    .object({ role_type: roleTypeSchema, content: z.string() })
    .transform(({ role_type, content }) => ({ text: content, at: null, roleType: role_type })),
]);
const userSchema = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  user_id: z.string().optional(),
});

/** What somebody says or what is recorded of them, and what has to be known of it afterwards. */
const memoryCaseSchema = z
  .object({
    kind: z.string(),
    said: z.array(turnSchema).optional(),
    turns: z.array(turnSchema).optional(),
    add: z.unknown().optional(),
    at: z.string().default("2026-05-13T10:00:00Z"),
    user: z.union([z.string().transform((name): z.infer<typeof userSchema> => ({ name })), userSchema]).default({}),
    known: facts,
    over: facts,
    /** None of these may hold; of each of these lists one has to. */
    not: facts,
    any: z.array(z.array(factSchema)).default([]),
    never: z.array(z.string()).default([]),
    ask: z.object({ query: z.string(), scope: z.enum(SEARCH_SCOPES), finds: z.string() }).optional(),
    // biome-ignore lint/suspicious/noThenProperty: the files call a later change so.
    then: z.object({ update: z.object({ first_name: z.string(), last_name: z.string() }) }).optional(),
  })
  .transform(({ said, turns, add, ...rest }) => ({
    ...rest,
    turns: said ?? turns ?? [],
    data: add === undefined ? [] : Array.isArray(add) ? add : [add],
    inOneBreath: turns !== undefined,
  }));
export type MemoryCase = z.infer<typeof memoryCaseSchema>;

/** Reads cases, one per line. */
export function parseCases(text: string): MemoryCase[] {
  return text
    .trim()
    .split("\n")
    .map((line) => memoryCaseSchema.parse(parseJson(line)));
}

const FIVE_DAYS = 5 * 86_400_000;
const MINUTE = 60_000;

/** Has somebody new say what a case says, and looks what is known of them then. @returns what is not as it should be. */
export async function runCase(actor: Actor, given: MemoryCase): Promise<string[]> {
  const [firstName = "", ...rest] = (given.user.name ?? "Jane Smith").split(" ");
  const { email, user_id: userId } = given.user;
  const user = await makeUser(actor, {
    firstName,
    lastName: rest.join(" "),
    ...(email ? { email } : {}),
    ...(userId ? { userId } : {}),
  });
  const graph = { projectUuid: actor.projectUuid, uuid: user.uuid };
  const lastSaid = await rememberCase(actor, user, given);
  await processAll(graph);
  if (given.then) {
    const { first_name, last_name } = given.then.update;
    await updateUserFields(actor, user.userId, { firstName: first_name, lastName: last_name });
  }
  const known = await listKnown(graph.uuid);
  return [
    ...compareFacts(known, given, lastSaid),
    ...(await findForbidden(known, given, graph.uuid, lastSaid)),
    ...(await askForFacts(actor, user.userId, given)),
  ];
}

async function rememberCase(
  actor: Actor,
  user: { uuid: string; userId: string },
  { turns, data, at, inOneBreath }: MemoryCase,
): Promise<Date> {
  const start = Date.parse(at);
  const times = turns.map((turn, place) =>
    turn.at ? new Date(turn.at) : new Date(start + place * (inOneBreath ? MINUTE : FIVE_DAYS)),
  );
  if (turns.length > 0) {
    const session = await makeSession(actor, { userUuid: user.uuid });
    const messages = turns.map(({ text, roleType }, place) => ({
      ...makeMessage(text, { uuid: randomUUID(), roleType, createdAt: times[place] }),
      utcOffset: readUtcOffset(at),
    }));
    await db().$transaction((tx) => appendMessages(tx, session, messages));
  }
  for (const [place, item] of data.entries()) {
    const createdAt = new Date(start + place * FIVE_DAYS);
    const source = sourceSchema.safeParse(item).data;
    const episode = source
      ? { source: source.type, content: typeof source.data === "string" ? source.data : formatJson(source.data) }
      : { source: "json" as const, content: formatJson(item) };
    await addEpisodes(actor, { userId: user.userId }, [
      { ...episode, uuid: randomUUID(), sourceDescription: null, createdAt },
    ]);
  }
  return times.at(-1) ?? new Date(start);
}

const sourceSchema = z.object({ type: z.enum(["text", "json", "message"]), data: z.unknown() });

interface KnownFact {
  name: string;
  fact: string;
  source: string;
  target: string;
  isOfPerson: boolean;
  isAboutPerson: boolean;
  isValue: boolean;
  attributes: unknown;
  validAt: Date | null;
  invalidAt: Date | null;
}

const KNOWN_SHAPE: Shape<KnownFact> = {
  name: TEXT,
  fact: TEXT,
  source: TEXT,
  target: TEXT,
  isOfPerson: BOOLEAN,
  isAboutPerson: BOOLEAN,
  isValue: BOOLEAN,
  attributes: JSON_VALUE,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
};

function listKnown(graphUuid: string): Promise<KnownFact[]> {
  return readRows(KNOWN_SHAPE)`
    SELECT e.name, e.fact, s.name AS source, t.name AS target, e.source_uuid = e.graph_uuid AS "isOfPerson",
      e.target_uuid = e.graph_uuid AS "isAboutPerson", e.source_uuid = e.target_uuid AS "isValue", e.attributes,
      e.valid_at AS "validAt", e.invalid_at AS "invalidAt"
    FROM edges e JOIN nodes s ON s.project_uuid = e.project_uuid AND s.graph_uuid = e.graph_uuid AND s.uuid = e.source_uuid
      JOIN nodes t ON t.project_uuid = e.project_uuid AND t.graph_uuid = e.graph_uuid AND t.uuid = e.target_uuid
    WHERE e.graph_uuid = ${graphUuid}::uuid`;
}

/** Relations that say the same more finely. */
const FINER: Readonly<Record<string, string[]>> = {
  HAS_PET: ["HAS_DOG", "HAS_CAT"],
  LIKES: ["HAS_FAVORITE", "PLAYS", "HAS_HOBBY", "PREFERS"],
  HAS_CHILD: ["HAS_SON", "HAS_DAUGHTER"],
  STUDIES: ["LEARNS"],
};

const attributesSchema = z.object({ value: z.string() });

/** Whether a stored fact is the expected one: by its ends, its relation or a finer one, and its times as far as given. */
function isFact(stored: KnownFact, { s, r, o, from, until }: ExpectedFact): boolean {
  const source = stored.isOfPerson ? "user" : stored.source.replace(/^Jane Smith's /, "user's ");
  const value = attributesSchema.safeParse(stored.attributes).data?.value ?? "";
  const target = stored.isValue ? value : stored.isAboutPerson ? "user" : stored.target;
  const begins = (date: Date | null, prefix: string | undefined) =>
    prefix === undefined || date?.toISOString().startsWith(prefix) === true;
  return (
    stripArticle(source) === stripArticle(s) &&
    (stored.name === r || (FINER[r] ?? []).includes(stored.name)) &&
    stripArticle(target) === stripArticle(o) &&
    begins(stored.validAt, from) &&
    begins(stored.invalidAt, until)
  );
}

function stripArticle(words: string): string {
  return words
    .toLowerCase()
    .replace(/^(?:an?|the|my|order) /, "")
    .trim();
}

function compareFacts(stored: KnownFact[], { known, over, not, any }: MemoryCase, lastSaid: Date): string[] {
  const isCurrent = ({ invalidAt }: KnownFact) => invalidAt === null || invalidAt > lastSaid;
  const showFact = (fact: ExpectedFact) => JSON.stringify(fact);
  // An end that is asked for with a fact is a part of it, even where it lies behind.
  const holds = (fact: ExpectedFact) =>
    stored.some((one) => isFact(one, fact) && (fact.until !== undefined || isCurrent(one)));
  return [
    ...known.filter((fact) => !holds(fact)).map((fact) => `is not known: ${showFact(fact)}`),
    ...over
      .filter((fact) => !stored.some((one) => isFact(one, fact) && one.invalidAt !== null))
      .map((fact) => `is not over: ${showFact(fact)}`),
    ...not
      .filter((fact) => stored.some((one) => isFact(one, fact) && isCurrent(one)))
      .map((fact) => `is known: ${showFact(fact)}`),
    ...any
      .filter((some) => !some.some((fact) => stored.some((one) => isFact(one, fact))))
      .map((some) => `none is known: ${JSON.stringify(some)}`),
  ];
}

/** Of these kinds not even a quotation may hold what must never be there. */
const BINDS_QUOTATIONS = /^(?:secret|told not to|rename)$/;

/** A summary ends with quotations, which are not told as truth. */
function cutQuotations(summary: string): string {
  return summary.replace(/“[^”]*”/g, "");
}

async function findForbidden(
  stored: KnownFact[],
  { never, kind }: MemoryCase,
  graphUuid: string,
  lastSaid: Date,
): Promise<string[]> {
  const nodes = await db().node.findMany({ where: { graphUuid }, select: { name: true, summary: true } });
  const versions = await db().summary.findMany({ where: { graphUuid }, select: { sentences: true } });
  const shown = stored
    .filter(({ invalidAt }) => invalidAt === null || invalidAt > lastSaid)
    .filter(({ name }) => name !== SAID || BINDS_QUOTATIONS.test(kind))
    .map(
      ({ fact, name, target, validAt, invalidAt }) =>
        `${fact} | ${name} ${target} ${validAt?.toISOString() ?? ""} ${invalidAt?.toISOString() ?? ""}`,
    );
  const text = [
    ...shown,
    ...nodes.map(({ name, summary }) => `${name}: ${BINDS_QUOTATIONS.test(kind) ? summary : cutQuotations(summary)}`),
    ...(kind === "rename" ? versions.map(({ sentences }) => JSON.stringify(sentences)) : []),
  ].join("\n");
  return never.filter((words) => text.includes(words)).map((words) => `says "${words}": ${text}`);
}

async function askForFacts(actor: Actor, userId: string, { ask: question }: MemoryCase): Promise<string[]> {
  if (!question) return [];
  const { query, scope, finds } = question;
  const { episodes, edges, nodes } = await searchGraph(actor, { userId }, { ...DEFAULT_SEARCH, query, scope });
  const found = [
    ...episodes.map(({ content }) => content),
    ...edges.map(({ fact }) => fact),
    ...nodes.map(({ name }) => name),
  ];
  return found.some((words) => words.includes(finds)) ? [] : [`does not find "${finds}"`];
}
