import { createHash } from "node:crypto";
import type { ImportRecord } from "#lib/ingest/records.ts";

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
    return { ...record, uuid: uuidOf(`${digest}#${occurrence}`) };
  }
}

/** A version 8 UUID (RFC 9562, 5.8): its bits are ours to choose. */
function uuidOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
