import type { PublicJwk } from "#lib/keys/signing.ts";
import { VERIFY_SCRIPT, writePem } from "#lib/keys/verify-script.ts";

/** What an authority has said of when a receipt existed. */
interface TimeStamp {
  stamp: Uint8Array;
  blind: Uint8Array;
}

interface Extras {
  /** For the person's own copy: shows that the receipt is about their id. */
  nonce?: string;
  timeStamp?: TimeStamp | null;
}

/** The files that come with a receipt. */
export function makeBundle(jws: string, key: PublicJwk, { nonce, timeStamp }: Extras): Record<string, string> {
  const files = {
    "receipt.jws": `${jws}\n`,
    "public.pem": writePem(key),
    "verify.sh": VERIFY_SCRIPT,
    "README.txt": README,
  };
  const readme = [README, ...(timeStamp ? [ABOUT_STAMP] : []), ...(nonce ? [ABOUT_NONCE] : [])].join("\n");
  return {
    ...files,
    ...(timeStamp
      ? {
          "timestamp.tsr.b64": `${Buffer.from(timeStamp.stamp).toString("base64")}\n`,
          "blind.b64": `${Buffer.from(timeStamp.blind).toString("base64")}\n`,
        }
      : {}),
    ...(nonce ? { "nonce.txt": `${nonce}\n` } : {}),
    "README.txt": readme,
  };
}

const README = `A receipt of an erasure, signed with Ed25519 (a compact JWS).

  sh verify.sh receipt.jws public.pem

checks the signature and prints what was signed. The same public key is at /.well-known/erasure-keys.json
of the instance. What the receipt does not prove, it says itself under "notProved".
`;

const ABOUT_STAMP = `A time stamp authority has seen a blinded digest of the receipt (RFC 3161). With the authority's certificate as tsa.pem:

  openssl base64 -d -A < timestamp.tsr.b64 > timestamp.tsr && openssl base64 -d -A < blind.b64 > blind.bin
  printf %s "$(cat receipt.jws)" | openssl dgst -sha256 -binary | cat blind.bin - > stamped.bin
  openssl ts -verify -data stamped.bin -in timestamp.tsr -CAfile tsa.pem
`;

const ABOUT_NONCE = `This copy is the person's own. nonce.txt binds the receipt to them and is kept nowhere else:

  printf %s "YOUR USER ID" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(cat nonce.txt)

prints the receipt's "subjectCommitment".
`;
