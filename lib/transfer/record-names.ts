import { createHash } from "node:crypto";
import type { EpisodeRecord, ImportRecord, MessageRecord } from "#lib/transfer/records.ts";
import { deriveUuidFromText } from "#lib/uuid.ts";

/**
 * Gives a message or an episode without a uuid one that is derived from its content, so that importing a file again, or a
 * longer version of it, adds only what is new. Equal ones of one session or person are told apart by their order.
 */
export class RecordNamer {
  readonly #seen = new Map<string, number>();

  nameRecord(record: ImportRecord): ImportRecord {
    if (record.type !== "message" && record.type !== "episode") return record;
    if (record.uuid) return record;
    const digest = createHash("sha256")
      .update(JSON.stringify(listContent(record)))
      .digest("base64url")
      .slice(0, 24);
    const occurrence = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, occurrence + 1);
    return { ...record, uuid: deriveUuidFromText(`${digest}#${occurrence}`) };
  }
}

/** What tells one record from another. */
function listContent(record: MessageRecord | EpisodeRecord): unknown[] {
  const at = record.createdAt?.getTime() ?? null;
  if (record.type === "message") return [record.sessionId, record.roleType, record.role, record.content, at];
  return [record.type, record.userId, record.source, record.sourceDescription, record.content, at];
}
