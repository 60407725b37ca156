import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { byUuid } from "#lib/db/scope.ts";
import { formatJson } from "#lib/json.ts";
import type { Prisma } from "#prisma/client/client.ts";

export interface ExportOutcome {
  uuid: string;
  /** JSON Lines in the import's own form: the user, then each session and its messages. */
  lines: string[];
  /** Why there is nothing. */
  message: string | null;
}

/** Collects the records and conversations of these people; their graphs are read over the API. Each export is an event of its own. */
export async function exportUsers(actor: Actor, uuids: string[]): Promise<ExportOutcome[]> {
  authorize(actor, "users:export");
  const outcomes: ExportOutcome[] = [];
  for (const uuid of uuids) {
    const lines = await runInTransaction((tx) => exportUser(tx, actor, uuid));
    outcomes.push({ uuid, lines: lines ?? [], message: lines ? null : "no longer exists" });
  }
  return outcomes;
}

const EXPORTED = {
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  createdAt: true,
  subjectRef: true,
  sessions: {
    orderBy: { createdAt: "asc" },
    select: { sessionId: true, metadata: true, createdAt: true, messages: { orderBy: { position: "asc" } } },
  },
} satisfies Prisma.UserSelect;

async function exportUser(tx: Tx, actor: Actor, uuid: string): Promise<string[] | null> {
  const key = byUuid(actor, uuid);
  const user = await tx.user.findUnique({ where: key, select: EXPORTED });
  if (!user) return null;
  const records: object[] = [
    {
      type: "user",
      user_id: user.userId,
      email: user.email,
      first_name: user.firstName,
      last_name: user.lastName,
      metadata: user.metadata,
      created_at: user.createdAt,
    },
  ];
  let messages = 0;
  for (const session of user.sessions) {
    const { sessionId: session_id, metadata, createdAt: created_at } = session;
    records.push({ type: "session", session_id, user_id: user.userId, metadata, created_at });
    for (const message of session.messages) {
      messages += 1;
      records.push({
        type: "message",
        session_id,
        uuid: message.uuid,
        role: message.role,
        role_type: message.roleType,
        content: message.content,
        metadata: message.metadata,
        token_count: message.tokenCount,
        created_at: message.createdAt,
      });
    }
  }
  const data = { sessions: user.sessions.length, messages };
  await record(tx, actor, { action: "user.exported", subjectRef: user.subjectRef, data });
  return records.map((item) => formatJson(item));
}
