import { createHash } from "node:crypto";
import type { ImportRecord } from "#lib/imports/records.ts";
import { seededUuid } from "#lib/uuid.ts";

/**
 * Gives messages that come without a uuid one that depends on nothing but what they say, so that importing a file again,
 * or a file that has grown, adds only what is new. Equal messages of one session are told apart by their order.
 */
export class MessageNames {
  readonly #seen = new Map<string, number>();

  name(record: ImportRecord): ImportRecord {
    if (record.type !== "message" || record.uuid) return record;
    const said = [
      record.session_id,
      record.role_type,
      record.role ?? null,
      record.content,
      record.created_at?.getTime() ?? null,
    ];
    const digest = createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 24);
    const occurrence = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, occurrence + 1);
    return { ...record, uuid: seededUuid(`${digest}#${occurrence}`) };
  }
}
