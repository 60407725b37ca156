import { createHash, randomBytes } from "node:crypto";
import { runInTransaction } from "#lib/db/client.ts";
import { BYTES, readRows, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { env } from "#lib/env.ts";
import { toFailure } from "#lib/errors.ts";

/** A signer's own clock proves little. So many receipts are stamped at once. */
const MOST_AT_ONCE = 20;
const PATIENCE = 15_000;

/**
 * Has an authority say when receipts existed, where one is configured. It sees a digest that is blinded with random bytes:
 * whoever reads its log cannot tell two receipts of one instance from any others. @returns how many were stamped.
 */
export async function stampReceipts(): Promise<number> {
  const { LETHE_TSA_URL } = env();
  if (!LETHE_TSA_URL) return 0;
  const waiting = await readRows({ projectUuid: TEXT, uuid: TEXT, hash: BYTES })`
    SELECT project_uuid AS "projectUuid", uuid, hash FROM receipts
    WHERE status = 'confirmed' AND time_stamp IS NULL ORDER BY proven_at LIMIT ${MOST_AT_ONCE}`;
  let stamped = 0;
  for (const { projectUuid, uuid, hash } of waiting) {
    const blind = randomBytes(32);
    const stamp = await askForStamp(LETHE_TSA_URL, blindHash(blind, hash)).catch((error: unknown) => toFailure(error));
    if (!Buffer.isBuffer(stamp)) return stamped;
    await runInTransaction(async (tx) => {
      await tx.$executeRaw`
        UPDATE receipts SET time_stamp = decode(${stamp.toString("hex")}, 'hex'), blind = decode(${blind.toString("hex")}, 'hex')
        WHERE ${inProject({ projectUuid })} AND uuid = ${uuid}::uuid AND time_stamp IS NULL`;
    });
    stamped += 1;
  }
  return stamped;
}

/** What the authority sees of a receipt. */
function blindHash(blind: Uint8Array, hash: Uint8Array): Buffer {
  return createHash("sha256").update(blind).update(hash).digest();
}

/** @throws Error when the authority does not answer, refuses, or stamps something else. */
async function askForStamp(url: string, digest: Buffer): Promise<Buffer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/timestamp-query" },
    body: new Uint8Array(writeTimeStampQuery(digest, randomBytes(8))),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  if (!response.ok || !isGranted(answer) || !answer.includes(digest))
    throw new Error("the time stamp authority has not stamped what it was asked to");
  return answer;
}

/** AlgorithmIdentifier of SHA-256 with NULL parameters, in DER. */
const SHA_256 = Buffer.from("300d06096086480165030402010500", "hex");

/** TimeStampReq of RFC 3161, 2.4.1, in DER: version 1, the digest, a nonce, and that the certificate is wanted. */
function writeTimeStampQuery(digest: Buffer, nonce: Buffer): Buffer {
  const imprint = writeDer(0x30, SHA_256, writeDer(0x04, digest));
  // A positive number without leading zeros.
  const number = Buffer.concat([Buffer.from([((nonce[0] ?? 0) & 0x7f) | 0x40]), nonce.subarray(1)]);
  return writeDer(0x30, Buffer.from("020101", "hex"), imprint, writeDer(0x02, number), Buffer.from("0101ff", "hex"));
}

/** One value of DER; everything here is shorter than 128 bytes. */
function writeDer(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length > 127) throw new Error("a query is short");
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

/** TimeStampResp begins with PKIStatusInfo: granted is 0, granted with changes 1 (RFC 3161, 2.4.2). */
function isGranted(answer: Buffer): boolean {
  const length = answer[1] ?? 0;
  const start = 2 + (length > 0x80 ? length - 0x80 : 0);
  const status = answer.subarray(start, start + 5);
  return answer[0] === 0x30 && status[0] === 0x30 && status[2] === 0x02 && status[3] === 1 && (status[4] ?? 9) <= 1;
}
