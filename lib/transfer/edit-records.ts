import { z } from "zod";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { metadataSchema } from "#lib/validation.ts";
import { ClaimKind } from "#prisma/client/enums.ts";

/** What people did to a graph by hand, as lines of an export: without it, what was corrected or deleted would come back. */

const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const nullableTime = time.nullable();

const claim = z
  .object({
    uuid: z.guid(),
    kind: z.enum(Object.values(ClaimKind)),
    source: z.string().max(2_000).nullable(),
    name: z.string().max(200),
    target: z.string().max(2_000).nullable(),
    fact: z.string().max(10_000),
    single: z.boolean(),
    confidence: z.number().min(0).max(1),
    attributes: metadataSchema,
    valid_at: nullableTime,
    invalid_at: nullableTime,
    expired_at: nullableTime,
    said_at: nullableTime,
  })
  .transform(({ source, target, valid_at, invalid_at, expired_at, said_at, ...rest }) => ({
    ...rest,
    sourceName: source,
    targetName: target,
    validAt: valid_at,
    invalidAt: invalid_at,
    expiredAt: expired_at,
    saidAt: said_at,
  }));

const retraction = z
  .object({
    uuid: z.guid(),
    of_episode: z.guid(),
    says: z.guid().nullable(),
    source_keys: z.array(z.guid()),
    target_keys: z.array(z.guid()),
  })
  .transform(({ of_episode, source_keys, target_keys, ...rest }) => ({
    ...rest,
    ofEpisode: of_episode,
    sourceKeys: source_keys,
    targetKeys: target_keys,
  }));

export const editRecord = z
  .object({
    type: z.literal("edit"),
    user_id: userIdSchema,
    uuid: z.guid(),
    source: z.enum(["fact_triple", "correction"]),
    content: z.string().max(100_000),
    source_description: z.string().max(2_000).nullable(),
    session_id: sessionIdSchema.nullable(),
    created_at: time,
    claims: z.array(claim).max(10_000),
    retractions: z.array(retraction).max(10_000),
  })
  .transform(({ user_id, source_description, session_id, created_at, ...rest }) => ({
    ...rest,
    userId: user_id,
    sourceDescription: source_description,
    sessionId: session_id,
    createdAt: created_at,
  }));
export type EditRecord = z.infer<typeof editRecord>;

/** What a node is called beside its name, and what somebody wrote of it. Without a name it is the person's own. */
export const nodeRecord = z
  .object({
    type: z.literal("node"),
    user_id: userIdSchema,
    name: z.string().max(2_000).nullable(),
    labels: z.array(z.string().max(200)).max(100),
    aliases: z.array(z.string().max(2_000)).max(1_000),
    summary: z.string().max(100_000).nullable(),
    attributes: metadataSchema,
  })
  .transform(({ user_id, ...rest }) => ({ ...rest, userId: user_id }));
export type NodeRecord = z.infer<typeof nodeRecord>;

/** That a session takes no more messages; follows the messages it has. */
export const endRecord = z
  .object({ type: z.literal("session_end"), session_id: sessionIdSchema, ended_at: time })
  .transform(({ session_id, ended_at, ...rest }) => ({ ...rest, sessionId: session_id, endedAt: ended_at }));
export type EndRecord = z.infer<typeof endRecord>;

/** The fields of such a line in the names it is written with. */
export function nameEditFields(record: EditRecord | NodeRecord | EndRecord): object {
  if (record.type === "session_end") return { session_id: record.sessionId, ended_at: record.endedAt };
  const { userId: user_id } = record;
  if (record.type === "node") {
    const { name, labels, aliases, summary, attributes } = record;
    return { user_id, name, labels, aliases, summary, attributes };
  }
  const { uuid, source, content, sourceDescription, sessionId, createdAt } = record;
  return {
    user_id,
    uuid,
    source,
    content,
    source_description: sourceDescription,
    session_id: sessionId,
    created_at: createdAt,
    claims: record.claims.map(nameClaimFields),
    retractions: record.retractions.map(({ ofEpisode, sourceKeys, targetKeys, ...rest }) => ({
      ...rest,
      of_episode: ofEpisode,
      source_keys: sourceKeys,
      target_keys: targetKeys,
    })),
  };
}

function nameClaimFields(stated: EditRecord["claims"][number]): object {
  const { uuid, kind, sourceName, name, targetName, fact, single, confidence, attributes } = stated;
  const { validAt, invalidAt, expiredAt, saidAt } = stated;
  const times = { valid_at: validAt, invalid_at: invalidAt, expired_at: expiredAt, said_at: saidAt };
  return { uuid, kind, source: sourceName, name, target: targetName, fact, single, confidence, attributes, ...times };
}
