import { createHash } from "node:crypto";
import type { ImportRecord } from "#lib/transfer/records.ts";
import { deriveUuidFromText } from "#lib/uuid.ts";

/**
 * Gives a message without a uuid one that is derived from its content, so that importing a file again, or a longer version
 * of it, adds only what is new. Equal messages of one session are told apart by their order.
 */
export class MessageNamer {
  readonly #seen = new Map<string, number>();

  nameRecord(record: ImportRecord): ImportRecord {
    if (record.type !== "message" || record.uuid) return record;
    const said = [record.sessionId, record.roleType, record.role, record.content, record.createdAt?.getTime() ?? null];
    const digest = createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 24);
    const occurrence = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, occurrence + 1);
    return { ...record, uuid: deriveUuidFromText(`${digest}#${occurrence}`) };
  }
}
