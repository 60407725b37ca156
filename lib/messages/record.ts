import { BOOLEAN, JSON_VALUE, NUMBER, nullable, oneOf, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { sameProject } from "#lib/db/scope.ts";
import { ROLE_TYPES } from "#lib/messages/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A message as the console shows it. */
export const MESSAGE_SELECT = {
  uuid: true,
  role: true,
  roleType: true,
  content: true,
  metadata: true,
  tokenCount: true,
  createdAt: true,
} satisfies Prisma.MessageSelect;

export type MessageRow = Prisma.MessageGetPayload<{ select: typeof MESSAGE_SELECT }>;

/** A message as applications see it. */
export interface MessageState extends MessageRow {
  updatedAt: Date;
  /** Memory is done with it; where it made no episode there was nothing to do. */
  processed: boolean;
}

/** Columns of a message `m` with its episode `e`. */
export const MESSAGE_COLUMNS = Prisma.sql`m.uuid, m.role, m.role_type::text AS "roleType", m.content, m.metadata,
  m.token_count AS "tokenCount", m.created_at AS "createdAt", m.updated_at AS "updatedAt",
  e.uuid IS NULL OR e.processed_at IS NOT NULL AS processed`;

export const MESSAGE_STATE_SHAPE: Shape<MessageState> = {
  updatedAt: TIME,
  processed: BOOLEAN,
  uuid: TEXT,
  metadata: JSON_VALUE,
  createdAt: TIME,
  role: nullable(TEXT),
  roleType: oneOf(ROLE_TYPES),
  content: TEXT,
  tokenCount: nullable(NUMBER),
};

export const FROM_MESSAGES = Prisma.sql`FROM messages m
  LEFT JOIN episodes e ON ${sameProject("e", "m")} AND e.message_uuid = m.uuid`;
