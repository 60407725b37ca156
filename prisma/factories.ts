import { randomUUID } from "node:crypto";
import { Actor } from "#lib/auth/actor.ts";
import type { OperatorRole } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { appendMessages, type SessionKey } from "#lib/messages/append.ts";
import type { NewMessage } from "#lib/messages/schema.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** Builders for tests: each makes what it needs but was not given, with values that are nobody else's. */

let made = 0;

function makeUnique(word: string): string {
  made += 1;
  return `${word}-${made}-${randomUUID().slice(0, 8)}`;
}

export async function makeProject(): Promise<{ uuid: string; slug: string }> {
  const slug = makeUnique("project");
  return db().project.create({ data: { slug, name: slug }, select: { uuid: true, slug: true } });
}

export interface MadeOperator {
  actor: Actor;
  uuid: string;
  email: string;
  /** The sign-in that `actor` acts under. */
  signIn: string;
  projectUuid: string;
}

/** Someone who works in a project: a new one, unless one is given. */
export async function makeOperator(
  role: OperatorRole,
  given: { projectUuid?: string; passwordHash?: string; name?: string } = {},
): Promise<MadeOperator> {
  const projectUuid = given.projectUuid ?? (await makeProject()).uuid;
  const email = `${makeUnique("operator")}@example.org`;
  const { uuid } = await db().operator.create({
    data: {
      email,
      name: given.name ?? makeUnique("Operator"),
      passwordHash: given.passwordHash,
      chosenProject: projectUuid,
    },
    select: { uuid: true },
  });
  await db().membership.create({ data: { projectUuid, operatorUuid: uuid, role } });
  const signIn = await makeSignIn(uuid);
  const actor = await Actor.ofSignIn(signIn);
  if (!actor) throw new Error("a fresh operator must be able to sign in");
  return { actor, uuid, email, signIn, projectUuid };
}

/** Signs an operator in, as if on another device. @returns the sign-in's uuid. */
export async function makeSignIn(operatorUuid: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  return (await db().signIn.create({ data: { operatorUuid, expiresAt } })).uuid;
}

export async function makeActor(role: OperatorRole = "admin"): Promise<Actor> {
  return (await makeOperator(role)).actor;
}

type UserValues = Partial<Omit<Prisma.UserUncheckedCreateInput, "projectUuid">>;

export async function makeUser(actor: Actor, values: UserValues = {}) {
  return db().user.create({ data: { userId: makeUnique("user"), ...values, projectUuid: actor.projectUuid } });
}

type SessionValues = Partial<Omit<Prisma.SessionUncheckedCreateInput, "projectUuid">>;

export async function makeSession(
  actor: Actor,
  values: SessionValues = {},
): Promise<SessionKey & { sessionId: string }> {
  const userUuid = values.userUuid ?? (await makeUser(actor)).uuid;
  return db().session.create({
    data: { sessionId: makeUnique("session"), ...values, userUuid, projectUuid: actor.projectUuid },
    select: { projectUuid: true, userUuid: true, uuid: true, sessionId: true },
  });
}

export function makeMessage(content: string, values: Partial<NewMessage> = {}): NewMessage {
  const blank = { role: null, roleType: "user" as const, metadata: {}, tokenCount: null };
  return { ...blank, content, createdAt: new Date("2026-01-05T10:00:00Z"), ...values };
}

/** Says these things in a session, half a minute apart. */
export async function addTurns(session: SessionKey, ...contents: string[]): Promise<void> {
  const start = Date.parse("2026-01-05T10:00:00Z");
  const messages = contents.map((content, index) =>
    makeMessage(content, {
      roleType: index % 2 === 0 ? "user" : "assistant",
      createdAt: new Date(start + index * 30_000),
    }),
  );
  await db().$transaction((tx) => appendMessages(tx, session, messages));
}

/**
 * Fills a person's graph: half of the nodes have a fact with the person, the others hang on one of those in turn, and the
 * last one is alone. @returns the nodes' uuids in that order.
 */
export async function makeGraph(actor: Actor, userUuid: string, size: number): Promise<string[]> {
  const place = { projectUuid: actor.projectUuid, graphUuid: userUuid };
  const nodes = Array.from({ length: size }, (_, index) => ({
    ...place,
    uuid: randomUUID(),
    name: `Node ${index + 1}`,
    labels: ["Entity", index % 3 === 0 ? "Place" : "Person"],
  }));
  const half = Math.floor(size / 2);
  const edges = nodes.slice(0, -1).map(({ uuid, name }, index) => {
    const source = index < half ? userUuid : nodes[index - half]?.uuid;
    const told = { name: "KNOWS", fact: `${index < half ? "They know" : `Node ${index - half + 1} knows`} ${name}` };
    const validAt = new Date(Date.UTC(2025, 0, 1 + index));
    return { ...place, ...told, sourceUuid: source ?? userUuid, targetUuid: uuid, slot: uuid, validAt };
  });
  await db().node.createMany({ data: nodes });
  await db().edge.createMany({ data: edges });
  return nodes.map(({ uuid }) => uuid);
}
