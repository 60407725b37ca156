import { createHash, randomBytes } from "node:crypto";

/** The UUID of nothing and nobody (RFC 9562, 5.9), which sorts before all others. */
export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

/** A version 7 UUID (RFC 9562, 5.7): the time first, so that what is stored together lies together. */
export function generateUuid(now = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return formatUuid(bytes, 7);
}

/** The UUID of one part of what `base` names: always the same, and of the same time. */
export function deriveUuid(base: string, part: string): string {
  const bytes = createHash("sha256").update(`${base}/${part}`).digest();
  Buffer.from(base.replaceAll("-", "").slice(0, 12), "hex").copy(bytes);
  return formatUuid(bytes, 7);
}

/** The UUID derived from a text (version 8, RFC 9562, 5.8): the same text always gives the same UUID. */
export function deriveUuidFromText(text: string): string {
  return formatUuid(createHash("sha256").update(text).digest(), 8);
}

function formatUuid(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** When a UUID of version 7 was made, in milliseconds: our own rows bear such, whatever time an application gives for them. */
export function readUuidTime(uuid: string): number {
  return Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16);
}
